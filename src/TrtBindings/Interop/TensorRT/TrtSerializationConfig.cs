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
    public void SetFlag(TrtSerializationFlag flag) =>
        TrtStatus.True(this, _calls.SetFlag(_self, (int)flag), $"ISerializationConfig.setFlag({flag})");
}
