using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_layer.html">ILayer</see>.
/// The network owns it; this object keeps the network alive.
/// </summary>
internal sealed unsafe class TrtLayer
{
    private readonly TrtNetwork _network;
    private readonly TrtLayerCalls _calls;
    private readonly nint _self;

    /// <summary>Wraps a layer of a network.</summary>
    public TrtLayer(TrtNetwork network, nint native)
    {
        _network = network;
        var target = TrtTarget.OfImplementation(native, network.Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>Calls <c>getName</c>.</summary>
    public string Name
    {
        get
        {
            var text = Marshal.PtrToStringUTF8((nint)_calls.GetName(_self)) ?? "";
            GC.KeepAlive(_network);
            return text;
        }
    }

    /// <summary>Calls <c>getNbOutputs</c>.</summary>
    public int NbOutputs => _calls.GetNbOutputs(_self);

    /// <summary>Calls <c>getOutput</c>.</summary>
    public TrtTensor GetOutput(int output) =>
        new(_network, TrtStatus.Object(_network, _calls.GetOutput(_self, output), "ILayer.getOutput"));

    /// <summary>Calls <c>getOutputType</c>.</summary>
    public TrtDataType GetOutputType(int output) => _calls.GetOutputType(_self, output);

    /// <summary>Calls <c>setPrecision</c>: the type that the layer computes in, if the builder is told to obey.</summary>
    /// <exception cref="TensorRtException">The loaded version has no weak typing.</exception>
    public void SetPrecision(TrtDataType type) => _calls.SetPrecision(_self, type);

    /// <summary>Calls <c>setOutputType</c>.</summary>
    /// <exception cref="TensorRtException">The loaded version has no weak typing.</exception>
    public void SetOutputType(int output, TrtDataType type) => _calls.SetOutputType(_self, output, type);
}
