using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_tensor.html">ITensor</see>.
/// The network owns it; this object keeps the network alive.
/// </summary>
internal sealed unsafe class TrtTensor
{
    private readonly TrtNetwork _network;
    private readonly TrtTensorCalls _calls;
    private readonly nint _self;

    /// <summary>Wraps a tensor of a network.</summary>
    public TrtTensor(TrtNetwork network, nint native)
    {
        (_network, Raw) = (network, native);
        var target = TrtTarget.OfImplementation(native, network.Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>The native object.</summary>
    public nint Raw { get; }

    /// <summary>Calls <c>getName</c>.</summary>
    public string Name => Text(_calls.GetName(_self)) ?? "";

    /// <summary>Calls <c>getType</c>.</summary>
    public TrtDataType Type => _calls.GetType(_self);

    /// <summary>Calls <c>isShapeTensor</c>: the values of the tensor decide shapes.</summary>
    public bool IsShapeTensor => _calls.IsShapeTensor(_self) != 0;

    /// <summary>Calls <c>getDimensions</c>; −1 for a dynamic dimension, a rank of −1 for an unknown shape.</summary>
    public TrtDims Dimensions => _calls.GetDimensions(_self);

    private string? Text(byte* utf8)
    {
        var text = Marshal.PtrToStringUTF8((nint)utf8);
        GC.KeepAlive(_network);
        return text;
    }
}
