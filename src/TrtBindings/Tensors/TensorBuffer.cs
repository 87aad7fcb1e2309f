namespace TrtBindings;

/// <summary>
/// The memory of one input or output, with a capacity and a current shape. Not thread-safe: a run has exclusive use of its
/// inputs and outputs.
/// </summary>
public abstract partial class TensorBuffer
{
    /// <summary>No kernel of ONNX Runtime or TensorRT supports a higher rank. The limit keeps shapes on the stack.</summary>
    internal const int MaxRank = 64;

    private nint[] _lengths;

    private protected TensorBuffer(TensorSet owner, TensorDescription description, ReadOnlySpan<nint> lengths)
    {
        Owner = owner;
        Description = description;
        _lengths = lengths.ToArray();
    }

    /// <summary>The declaration of this tensor in the model file.</summary>
    public TensorDescription Description { get; }

    /// <summary>The name in the model file.</summary>
    public string Name => Description.Name;

    /// <summary>The current shape: the length of each dimension, outermost first. Empty for a scalar.</summary>
    public ReadOnlySpan<nint> Lengths => _lengths;

    /// <summary>Number of dimensions of the current shape.</summary>
    public int Rank => _lengths.Length;

    /// <summary>Number of elements of the current shape.</summary>
    public nint ElementCount
    {
        get
        {
            nint count = 1;
            foreach (var length in _lengths) count *= length;
            return count;
        }
    }

    /// <summary>Size of the allocated memory in bytes, host or device, which may be more than the current shape needs. 0 for
    /// text.</summary>
    public abstract nint CapacityInBytes { get; }

    internal TensorSet Owner { get; }

    /// <summary>Increases when the shape or the address changes, so that a backend knows when to bind again.</summary>
    internal int Version { get; private set; }

    /// <summary>Address of the elements in host memory, even if the tensor is on a device. 0 for text.</summary>
    internal abstract nint Address { get; }

    /// <summary>Size of the current shape in bytes; 0 for text.</summary>
    internal abstract nint ByteLength { get; }

    /// <summary>Changes the shape and allocates if needed. Elements keep their row-major position.</summary>
    /// <exception cref="TensorException">The memory belongs to the caller and is too small.</exception>
    internal void SetLengths(ReadOnlySpan<nint> lengths)
    {
        if (lengths.SequenceEqual(_lengths)) return;
        EnsureCapacity(lengths);
        if (lengths.Length == _lengths.Length) lengths.CopyTo(_lengths);
        else _lengths = lengths.ToArray();
        Version++;
    }

    /// <summary>Allocates for a shape without changing to it. Elements are kept. If it throws, nothing has changed.</summary>
    internal abstract void EnsureCapacity(ReadOnlySpan<nint> lengths);

    /// <summary>True if a shape fits into the allocated memory.</summary>
    internal abstract bool Fits(ReadOnlySpan<nint> lengths);

    internal abstract void Release();

    /// <summary>Frees the host memory and releases the device buffer.</summary>
    internal void ReleaseAll()
    {
        Release();
        LeaveDevice();
    }

    /// <summary>Changes to a shape that the caller chose.</summary>
    /// <exception cref="TensorException">The shape is invalid, or the memory is too small. Nothing was changed.</exception>
    private protected void ReshapeCore(ReadOnlySpan<long> shape)
    {
        Span<nint> lengths = stackalloc nint[MaxRank];
        ReshapeCore(LengthsOf(Name, shape, lengths));
    }

    /// <summary>Changes to the shape of another tensor.</summary>
    /// <exception cref="TensorException">The memory is too small. Nothing was changed.</exception>
    private protected void ReshapeCore(TensorBuffer like)
    {
        ArgumentNullException.ThrowIfNull(like);
        ReshapeCore(like.Lengths);
    }

    private void ReshapeCore(ReadOnlySpan<nint> lengths)
    {
        Owner.Enter();
        try
        {
            SetLengths(lengths);
        }
        finally
        {
            Owner.Exit();
        }
    }

    /// <summary>Checks a shape that a caller chose and converts it to lengths.</summary>
    /// <param name="tensor">Name of the tensor, for messages.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="room">Space for <see cref="MaxRank"/> lengths; the result is a part of it.</param>
    /// <exception cref="TensorException">A length is negative, or there are too many dimensions.</exception>
    internal static ReadOnlySpan<nint> LengthsOf(string tensor, ReadOnlySpan<long> shape, Span<nint> room)
    {
        if (shape.Length > MaxRank)
            throw new TensorException(tensor, $"Tensor '{tensor}' cannot have {shape.Length} dimensions; {MaxRank} is the most.");
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] < 0)
            {
                throw new TensorException(
                    tensor, $"Tensor '{tensor}' cannot have length {shape[axis]} in dimension {axis}.");
            }

            room[axis] = checked((nint)shape[axis]);
        }

        return room[..shape.Length];
    }

    private protected void MemoryChanged() => Version++;

    private protected void ClearLengths() => _lengths.AsSpan().Clear();

    /// <summary>Number of elements of a shape.</summary>
    /// <exception cref="TensorException">The shape has more bytes than can be addressed.</exception>
    private protected nint CountOf(ReadOnlySpan<nint> lengths, int elementSize)
    {
        if (lengths.Contains(0)) return 0;
        Int128 count = 1;
        foreach (var length in lengths)
        {
            count *= length;
            if (count * elementSize > nint.MaxValue)
            {
                throw new TensorException(Name,
                    $"Tensor '{Name}' of shape [{Join(lengths)}] has more bytes than can be addressed.");
            }
        }

        return (nint)count;
    }

    internal static string Join(ReadOnlySpan<nint> lengths)
    {
        var text = new System.Text.StringBuilder();
        foreach (var length in lengths)
        {
            if (text.Length > 0) text.Append(", ");
            text.Append(length);
        }

        return text.ToString();
    }
}
