using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_serialization_config.html">
/// ISerializationConfig</see>: the parts that a serialized engine has.
/// </summary>
internal sealed unsafe class TrtSerializationConfig : TrtHandle
{
    private readonly TrtSerializationConfigCalls _calls;
    private readonly nint _self;

    /// <summary>Takes ownership of a native configuration.</summary>
    public TrtSerializationConfig(TrtEngine engine, nint native)
        : base(engine.Library, native, engine)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>Calls <c>setFlag</c>.</summary>
    /// <exception cref="TensorRtException">The engine or the loaded version does not allow the flag.</exception>
    public void SetFlag(TrtSerializationFlag flag)
    {
        if (_calls.SetFlag(_self, flag) == 0)
            throw TrtStatus.Failure(this, "ISerializationConfig.setFlag", $"did not take {flag}.");
    }
}
