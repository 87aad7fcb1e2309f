using System.Text;
using TrtBindings.Interop.OnnxRuntime;

namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>
/// One output of a binding. Either ONNX Runtime writes into our memory, at a shape that it reported before, or it makes
/// a value of its own, which is copied.
/// </summary>
/// <param name="buffer">Our tensor.</param>
/// <param name="device">Memory of the session's GPU, for a tensor that lies there.</param>
internal sealed class OrtOutput(TensorBuffer buffer, OrtMemoryInfo? device)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(buffer.Name + '\0');
    private nint _boundAddress;
    private nint[]? _boundLengths;
    private bool _onHost;

    public TensorBuffer Buffer => buffer;

    /// <summary>
    /// Whether ONNX Runtime makes the value in every run: for text, where only a run tells the type, and where equal
    /// input shapes gave different output shapes or the bound memory was not used.
    /// </summary>
    public bool IsUnbound { get; private set; } = buffer is StringTensorBuffer or UntypedOutputTensor;

    public void StayUnbound() => IsUnbound = true;

    /// <summary>Forgets what is bound, because a failed run may have left anything there.</summary>
    public void Forget() => (_boundLengths, _onHost) = (null, false);

    /// <summary>Lets ONNX Runtime make the next value, and drops the last one that it made.</summary>
    public void BindToHost(OrtIoBinding binding)
    {
        if (_onHost) return;
        binding.BindOutputToHost(_name);
        _boundLengths = null;
        _onHost = true;
    }

    /// <summary>Lets ONNX Runtime write into our memory.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="lengths">The shape to expect; the same array for the same shape.</param>
    public void BindToOwn(OrtIoBinding binding, nint[] lengths)
    {
        buffer.EnsureCapacity(lengths);
        if (ReferenceEquals(_boundLengths, lengths) && OrtTensors.AddressOf(buffer) == _boundAddress) return;
        using var value = OrtTensors.Over(binding.Library, device, buffer, lengths);
        binding.BindOutput(_name, value);
        _boundLengths = lengths;
        _boundAddress = OrtTensors.AddressOf(buffer);
        _onHost = false;
    }

    public bool IsBoundToOwn => _boundLengths is not null;

    /// <summary>Whether a value after a run lies where it was bound to.</summary>
    public bool IsOwn(OrtTensorView value) => IsBoundToOwn && value.Address == _boundAddress;

    /// <summary>Takes a value that ONNX Runtime made: its shape, which has room already, and a copy of its elements.</summary>
    public unsafe void Take(OrtTensorView value, ReadOnlySpan<nint> lengths)
    {
        if (buffer is UntypedOutputTensor untyped) untyped.TakeAnnouncedType();
        buffer.SetLengths(lengths);
        if (buffer is StringTensorBuffer text)
            OrtText.FromValue(value, text);
        else if (buffer.IsOnDevice)
            buffer.CopyToDevice((void*)value.Address);
        else if (buffer.ByteLength > 0)
            System.Buffer.MemoryCopy((void*)value.Address, (void*)buffer.Address, buffer.CapacityInBytes, buffer.ByteLength);
        _onHost = false;
    }
}
