using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_network_definition.html">
/// INetworkDefinition</see>.
/// </summary>
internal sealed unsafe class TrtNetwork : TrtHandle
{
    private readonly TrtNetworkDefinitionCalls _calls;
    private readonly nint _self;

    /// <summary>Takes ownership of a native network.</summary>
    public TrtNetwork(TrtBuilder builder, nint native)
        : base(builder.Library, native, builder)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary>Calls <c>getNbInputs</c>.</summary>
    public int NbInputs => _calls.GetNbInputs(_self);

    /// <summary>Calls <c>getInput</c>.</summary>
    public TrtTensor GetInput(int index) => Tensor(_calls.GetInput(_self, index), "getInput");

    /// <summary>Calls <c>getNbLayers</c>.</summary>
    public int NbLayers => _calls.GetNbLayers(_self);

    /// <summary>Calls <c>getLayer</c>.</summary>
    public TrtLayer GetLayer(int index) =>
        new(this, TrtStatus.Object(this, _calls.GetLayer(_self, index), "INetworkDefinition.getLayer"));

    /// <summary>Calls <c>markOutput</c>: the engine gives this tensor too.</summary>
    public void MarkOutput(TrtTensor tensor)
    {
        _calls.MarkOutput(_self, tensor.Raw);
        GC.KeepAlive(tensor);
    }

    /// <summary>Calls <c>addInput</c>; −1 for a dynamic dimension.</summary>
    /// <exception cref="TensorRtException">The name is taken, or TensorRT does not accept the type or shape.</exception>
    public TrtTensor AddInput(string name, TrtDataType type, in TrtDims shape)
    {
        var text = new TrtName(name);
        fixed (TrtDims* dims = &shape)
        {
            var native = _calls.AddInput(_self, text.Pointer, type, dims);
            GC.KeepAlive(text);
            return Tensor(native, "addInput");
        }
    }

    private TrtTensor Tensor(nint native, string method) =>
        new(this, TrtStatus.Object(this, native, $"INetworkDefinition.{method}"));
}
