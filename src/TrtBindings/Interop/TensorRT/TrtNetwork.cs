using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>INetworkDefinition</c>.</summary>
internal sealed unsafe class TrtNetwork : TrtHandle
{
    private readonly TrtNetworkDefinitionCalls _calls;
    private readonly nint _self;

    /// <summary>Takes a network over.</summary>
    public TrtNetwork(TrtBuilder builder, nint native)
        : base(builder.Library, native, builder)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary><c>getNbInputs</c>.</summary>
    public int NbInputs => _calls.GetNbInputs(_self);

    /// <summary><c>getNbOutputs</c>.</summary>
    public int NbOutputs => _calls.GetNbOutputs(_self);

    /// <summary><c>getNbLayers</c>.</summary>
    public int NbLayers => _calls.GetNbLayers(_self);

    /// <summary><c>getFlags</c>: the bits as this major numbers them.</summary>
    public uint Flags => _calls.GetFlags(_self);

    /// <summary><c>getName</c> and <c>setName</c>.</summary>
    public string Name
    {
        get => Marshal.PtrToStringUTF8((nint)_calls.GetName(_self)) ?? "";
        set
        {
            var name = new TrtName(value);
            _calls.SetName(_self, name.Pointer);
            GC.KeepAlive(name);
        }
    }

    /// <summary><c>getInput</c>.</summary>
    public TrtTensor GetInput(int index) => Tensor(_calls.GetInput(_self, index), "getInput");

    /// <summary><c>getOutput</c>.</summary>
    public TrtTensor GetOutput(int index) => Tensor(_calls.GetOutput(_self, index), "getOutput");

    /// <summary><c>addInput</c>; −1 for a dynamic dimension.</summary>
    /// <exception cref="TensorRtException">There is one of this name, or TensorRT does not take the type or shape.</exception>
    public TrtTensor AddInput(string name, TrtDataType type, in TrtDims shape)
    {
        var text = new TrtName(name);
        fixed (TrtDims* dims = &shape)
        {
            var native = _calls.AddInput(_self, text.Pointer, (int)type, dims);
            GC.KeepAlive(text);
            return Tensor(native, "addInput");
        }
    }

    /// <summary><c>markOutput</c>.</summary>
    public void MarkOutput(TrtTensor tensor) => _calls.MarkOutput(_self, tensor.Raw);

    /// <summary><c>unmarkOutput</c>.</summary>
    public void UnmarkOutput(TrtTensor tensor) => _calls.UnmarkOutput(_self, tensor.Raw);

    /// <summary><c>getLayer</c>.</summary>
    public TrtLayer GetLayer(int index) =>
        new(this, TrtStatus.Object(this, _calls.GetLayer(_self, index), "INetworkDefinition.getLayer"));

    private TrtTensor Tensor(nint native, string method) =>
        new(this, TrtStatus.Object(this, native, $"INetworkDefinition.{method}"));
}
