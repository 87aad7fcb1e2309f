using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_refitter.html">
/// IRefitter</see>:
/// replaces the weights of an engine.
/// </summary>
internal sealed unsafe class TrtRefitter : TrtHandle
{
    private readonly TrtRefitterCalls _calls;
    private readonly nint _self;

    /// <summary>Takes ownership of a native refitter.</summary>
    public TrtRefitter(TrtEngine engine, nint native)
        : base(engine.Library, native, engine)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary>Calls <c>getMissingWeights</c>: the weights that must still be given before the engine is valid.</summary>
    public string[] GetMissingWeights() => Names(_calls.GetMissingWeights, "IRefitter.getMissingWeights");

    /// <summary>Calls <c>getAllWeights</c>: all weights that can be given.</summary>
    public string[] GetAllWeights() => Names(_calls.GetAllWeights, "IRefitter.getAllWeights");

    /// <summary>
    /// Calls <c>getWeightsPrototype</c>: type and count of some weights. A count of −1 means that the name is unknown.
    /// </summary>
    public TrtWeights GetWeightsPrototype(TrtName name)
    {
        var weights = _calls.GetWeightsPrototype(_self, name.Pointer);
        GC.KeepAlive(name);
        return weights;
    }

    /// <summary>Calls <c>refitCudaEngine</c>: puts the given weights into the engine.</summary>
    /// <exception cref="TensorRtException">Weights are missing, or TensorRT refused them.</exception>
    public void RefitCudaEngine() => TrtStatus.True(this, _calls.RefitCudaEngine(_self), "IRefitter.refitCudaEngine");

    private string[] Names(delegate* unmanaged[MemberFunction]<nint, int, byte**, int> call, string function)
    {
        var count = TrtStatus.NotNegative(this, call(_self, 0, null), function);
        if (count == 0) return [];
        var names = new nint[count];
        fixed (nint* first = names)
            count = Math.Min(count, TrtStatus.NotNegative(this, call(_self, count, (byte**)first), function));
        return [.. names.Take(count).Select(name => Marshal.PtrToStringUTF8(name) ?? "")];
    }
}
