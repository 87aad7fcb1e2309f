namespace TrtBindings;

/// <summary>
/// The memory of one input or output: a capacity that was allocated once, and the shape in use now.
/// Not thread-safe; a run takes its inputs and outputs for itself.
/// </summary>
public abstract partial class TensorBuffer
{
    /// <summary>Rank above which no ONNX Runtime or TensorRT kernel goes; keeps shapes on the stack.</summary>
    internal const int MaxRank = 64;

    private nint[] _lengths;

    private protected TensorBuffer(TensorSet owner, TensorDescription description, ReadOnlySpan<nint> lengths)
    {
        Owner = owner;
        Description = description;
        _lengths = lengths.ToArray();
    }

    /// <summary>What the model file says of this tensor.</summary>
    public TensorDescription Description { get; }

    /// <summary>The ONNX name.</summary>
    public string Name => Description.Name;

    /// <summary>Lengths of the dimensions in use now, outermost first; empty for a scalar.</summary>
    public ReadOnlySpan<nint> Lengths => _lengths;

    /// <summary>Number of dimensions in use now.</summary>
    public int Rank => _lengths.Length;

    /// <summary>Number of elements in use now.</summary>
    public nint ElementCount
    {
        get
        {
            nint count = 1;
            foreach (var length in _lengths) count *= length;
            return count;
        }
    }

    /// <summary>Bytes that the memory holds where the tensor lies, whatever is in use of it; 0 for text.</summary>
    public abstract nint CapacityInBytes { get; }

    internal TensorSet Owner { get; }

    /// <summary>Counts changes of shape or address, so that a binding knows when it is out of date.</summary>
    internal int Version { get; private set; }

    /// <summary>First byte of the elements in host memory, also where the tensor is on a device; 0 for text.</summary>
    internal abstract nint Address { get; }

    /// <summary>Bytes in use now; 0 for text.</summary>
    internal abstract nint ByteLength { get; }

    /// <summary>Makes room for a shape and takes it on. Elements stay where they are, row-major.</summary>
    /// <exception cref="TensorException">The memory is the caller's and too small.</exception>
    internal void SetLengths(ReadOnlySpan<nint> lengths)
    {
        if (lengths.SequenceEqual(_lengths)) return;
        EnsureCapacity(lengths);
        if (lengths.Length == _lengths.Length) lengths.CopyTo(_lengths);
        else _lengths = lengths.ToArray();
        Version++;
    }

    /// <summary>Makes room for a shape without taking it on. Elements are kept; if it fails, nothing has changed.</summary>
    internal abstract void EnsureCapacity(ReadOnlySpan<nint> lengths);

    /// <summary>Whether a shape fits without more memory.</summary>
    internal abstract bool Fits(ReadOnlySpan<nint> lengths);

    internal abstract void Release();

    /// <summary>Frees the host memory and lets device memory go.</summary>
    internal void ReleaseAll()
    {
        Release();
        LeaveDevice();
    }

    /// <summary>Takes on a shape that the caller chose.</summary>
    /// <exception cref="TensorException">A shape that no tensor can have, or too little memory; nothing was changed.</exception>
    private protected void ReshapeCore(ReadOnlySpan<long> shape)
    {
        Span<nint> lengths = stackalloc nint[MaxRank];
        ReshapeCore(LengthsOf(Name, shape, lengths));
    }

    /// <summary>Takes on the shape of another tensor.</summary>
    /// <exception cref="TensorException">Too little memory; nothing was changed.</exception>
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

    /// <summary>A shape that a caller chose, as lengths.</summary>
    /// <param name="tensor">The tensor, for messages.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="room">Room for <see cref="MaxRank"/> lengths.</param>
    /// <exception cref="TensorException">A shape that no tensor can have.</exception>
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

    /// <summary>Elements of a shape.</summary>
    /// <exception cref="TensorException">More bytes than can be addressed.</exception>
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
