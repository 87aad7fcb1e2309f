using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// One output of a binding. ONNX Runtime either writes into our memory, at a shape that it reported before, or allocates a
/// value of its own, which is copied.
/// </summary>
/// <param name="buffer">Our tensor.</param>
/// <param name="device">Memory of the session's GPU, for a tensor that lies there.</param>
internal sealed class OrtOutput(TensorBuffer buffer, OrtMemoryInfo? device)
{
    private nint _boundAddress;
    private nint[]? _boundLengths;
    private bool _onHost;

    public TensorBuffer Buffer => buffer;

    /// <summary>
    /// True if ONNX Runtime allocates the value in every run: for text, where only a run tells the element type, and where
    /// equal input shapes gave different output shapes or the bound memory was not used.
    /// </summary>
    public bool IsUnbound { get; private set; } = buffer is StringTensorBuffer or UntypedOutputTensor;

    public bool IsBoundToOwn => _boundLengths is not null;

    public void StayUnbound() => IsUnbound = true;

    /// <summary>Forgets what is bound. A failed run may have left anything there.</summary>
    public void Forget() => (_boundLengths, _onHost) = (null, false);

    /// <summary>Lets ONNX Runtime allocate the next value, and drops the last one that it allocated.</summary>
    public void BindToHost(OrtIo io)
    {
        if (_onHost) return;
        io.BindOutputToHost(buffer.Name);
        _boundLengths = null;
        _onHost = true;
    }

    /// <summary>Lets ONNX Runtime write into our memory.</summary>
    /// <param name="io">The binding.</param>
    /// <param name="lengths">The expected shape; the same array for the same shape.</param>
    public void BindToOwn(OrtIo io, nint[] lengths)
    {
        buffer.EnsureCapacity(lengths);
        if (ReferenceEquals(_boundLengths, lengths) && OrtTensors.AddressOf(buffer) == _boundAddress) return;
        using var value = OrtTensors.Over(io.Session.Library, device, buffer, lengths);
        io.BindOutput(buffer.Name, value);
        _boundLengths = lengths;
        _boundAddress = OrtTensors.AddressOf(buffer);
        _onHost = false;
    }

    /// <summary>True if a value after a run lies in the memory that was bound for it. An empty value has no place.</summary>
    public bool IsOwn(OrtValue value, ReadOnlySpan<nint> lengths) =>
        IsBoundToOwn && (lengths.Contains(0) || OrtTensors.AddressOf(value, buffer.Name) == _boundAddress);

    /// <summary>Takes the shape of a value that ONNX Runtime allocated, and copies its elements.</summary>
    public unsafe void Take(OrtValue value, ReadOnlySpan<nint> lengths)
    {
        if (buffer is UntypedOutputTensor untyped) untyped.TakeAnnouncedType();
        buffer.SetLengths(lengths);
        if (buffer is StringTensorBuffer text)
            OrtText.FromValue(value, text);
        else if (buffer.IsOnDevice)
            buffer.CopyToDevice((void*)OrtTensors.AddressOf(value, buffer.Name));
        else if (buffer.ByteLength > 0)
            System.Buffer.MemoryCopy((void*)OrtTensors.AddressOf(value, buffer.Name),
                (void*)buffer.Address, buffer.CapacityInBytes, buffer.ByteLength);
        _onHost = false;
    }
}
