using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IEngineInspector</c>: what the layers of an engine are.</summary>
internal sealed unsafe class TrtInspector : TrtHandle
{
    private readonly TrtEngineInspectorCalls _calls;
    private readonly nint _self;

    /// <summary>Takes an inspector over.</summary>
    public TrtInspector(TrtEngine engine, nint native)
        : base(engine.Library, native, engine)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary>Shows the shapes that a context has set.</summary>
    public void SetExecutionContext(TrtContext? context)
    {
        var answer = _calls.SetExecutionContext(_self, context?.Raw ?? 0);
        TrtStatus.True(this, answer, "IEngineInspector.setExecutionContext");
        Hold("context", context);
    }

    /// <summary>All layers.</summary>
    public string GetEngineInformation(TrtLayerInformationFormat format) =>
        Text((nint)_calls.GetEngineInformation(_self, (int)format), "IEngineInspector.getEngineInformation");

    private string Text(nint utf8, string function) => Marshal.PtrToStringUTF8(TrtStatus.NotNull(this, utf8, function))!;
}
