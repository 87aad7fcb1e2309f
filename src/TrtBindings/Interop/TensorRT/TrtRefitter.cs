using System.Runtime.InteropServices;

namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IRefitter</c>: puts weights into an engine that is there already.</summary>
internal sealed unsafe class TrtRefitter : TrtHandle
{
    private readonly TrtRefitterCalls _calls;
    private readonly nint _self;

    /// <summary>Takes a refitter over.</summary>
    public TrtRefitter(TrtEngine engine, nint native)
        : base(engine.Library, native, engine)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
        AttachRecorder(_calls.SetErrorRecorder, _self);
    }

    /// <summary>Names of the weights that must be given before the engine is right: <c>getMissingWeights</c>.</summary>
    public string[] GetMissingWeights() => Names(_calls.GetMissingWeights, "IRefitter.getMissingWeights");

    /// <summary>Names of all weights that can be given: <c>getAllWeights</c>.</summary>
    public string[] GetAllWeights() => Names(_calls.GetAllWeights, "IRefitter.getAllWeights");

    /// <summary>
    /// Gives weights, which the caller keeps where they are until the engine is refitted: <c>setNamedWeights</c>.
    /// </summary>
    /// <exception cref="TensorRtException">There are no such weights, or they are of another type or count.</exception>
    public void SetNamedWeights(TrtName name, TrtWeights weights)
    {
        var answer = _calls.SetNamedWeights(_self, name.Pointer, weights);
        GC.KeepAlive(name);
        TrtStatus.True(this, answer, "IRefitter.setNamedWeights");
    }

    /// <summary>Type and count of weights: <c>getWeightsPrototype</c>; a count of −1 where there are none of this name.</summary>
    public TrtWeights GetWeightsPrototype(TrtName name)
    {
        var weights = _calls.GetWeightsPrototype(_self, name.Pointer);
        GC.KeepAlive(name);
        return weights;
    }

    /// <summary><c>setMaxThreads</c>.</summary>
    public void SetMaxThreads(int threads) =>
        TrtStatus.True(this, _calls.SetMaxThreads(_self, threads), "IRefitter.setMaxThreads");

    /// <summary><c>setWeightsValidation</c>: whether weights are looked at for values that cannot be.</summary>
    public void SetWeightsValidation(bool validate) => _calls.SetWeightsValidation(_self, validate ? (byte)1 : (byte)0);

    /// <summary>Puts what was given into the engine: <c>refitCudaEngine</c>.</summary>
    /// <exception cref="TensorRtException">Weights are missing, or something else is wrong.</exception>
    public void RefitCudaEngine() => TrtStatus.True(this, _calls.RefitCudaEngine(_self), "IRefitter.refitCudaEngine");

    private string[] Names(delegate* unmanaged[MemberFunction]<nint, int, byte**, int> question, string function)
    {
        var count = TrtStatus.NotNegative(this, question(_self, 0, null), function);
        if (count == 0) return [];
        var names = new nint[count];
        fixed (nint* first = names)
            count = Math.Min(count, TrtStatus.NotNegative(this, question(_self, count, (byte**)first), function));
        return [.. names.Take(count).Select(name => Marshal.PtrToStringUTF8(name) ?? "")];
    }
}
