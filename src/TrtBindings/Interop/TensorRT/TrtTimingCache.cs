using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_timing_cache.html">
/// ITimingCache</see>: layer times that earlier builds measured.
/// </summary>
internal sealed unsafe class TrtTimingCache : TrtHandle
{
    private readonly TrtTimingCacheCalls _calls;
    private readonly nint _self;

    /// <summary>Takes ownership of a native cache.</summary>
    public TrtTimingCache(TrtBuilder builder, nint native)
        : base(builder.Library, native, builder)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>Calls <c>serialize</c>.</summary>
    public TrtHostMemory Serialize() =>
        new(Library, TrtStatus.Object(this, _calls.Serialize(_self), "ITimingCache.serialize"), this);

    /// <summary>Calls <c>combine</c>: adds the entries of another cache.</summary>
    /// <param name="other">A cache of the same version and device.</param>
    /// <param name="ignoreMismatch">Whether a cache of another device is accepted.</param>
    public void Combine(TrtTimingCache other, bool ignoreMismatch) => TrtStatus.True(
        this, _calls.Combine(_self, other.Raw, ignoreMismatch ? (byte)1 : (byte)0), "ITimingCache.combine");
}
