using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_engine_inspector.html">
/// IEngineInspector</see>: describes the layers of an engine.
/// </summary>
internal sealed unsafe class TrtInspector : TrtHandle
{
    private readonly TrtEngineInspectorCalls _calls;
    private readonly nint _self;

    /// <summary>Takes ownership of a native inspector.</summary>
    public TrtInspector(TrtEngine engine, nint native)
        : base(engine.Library, native, engine)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary>Calls <c>getEngineInformation</c>: all layers as text.</summary>
    public string GetEngineInformation(TrtLayerInformationFormat format)
    {
        var text = (nint)_calls.GetEngineInformation(_self, format);
        return Marshal.PtrToStringUTF8(TrtStatus.NotNull(this, text, "IEngineInspector.getEngineInformation"))!;
    }
}
