namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>ISerializationConfig</c>.</summary>
internal sealed unsafe class TrtSerializationConfig : TrtHandle
{
    private readonly TrtSerializationConfigCalls _calls;
    private readonly nint _self;

    /// <summary>Takes a configuration over.</summary>
    public TrtSerializationConfig(TrtEngine engine, nint native)
        : base(engine.Library, native, engine)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary><c>setFlag</c>.</summary>
    /// <exception cref="TensorRtException">The engine or the loaded version does not allow the flag.</exception>
    public void SetFlag(TrtSerializationFlag flag)
    {
        if (_calls.SetFlag(_self, (int)flag) == 0)
            throw TrtStatus.Failure(this, "ISerializationConfig.setFlag", $"did not take {flag}.");
    }
}
