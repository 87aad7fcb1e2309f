namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>ITimingCache</c>: what builds on this machine have measured.</summary>
internal sealed unsafe class TrtTimingCache : TrtHandle
{
    private readonly TrtTimingCacheCalls _calls;
    private readonly nint _self;

    /// <summary>Takes a cache over.</summary>
    public TrtTimingCache(TrtBuilder builder, nint native)
        : base(builder.Library, native, builder)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>The cache's bytes.</summary>
    public TrtHostMemory Serialize() =>
        new(Library, TrtStatus.Object(this, _calls.Serialize(_self), "ITimingCache.serialize"), this);

    /// <summary>Adds what another one has.</summary>
    /// <param name="other">Of the same version and device.</param>
    /// <param name="ignoreMismatch">Whether one of another device is taken too.</param>
    public void Combine(TrtTimingCache other, bool ignoreMismatch) => TrtStatus.True(
        this, _calls.Combine(_self, other.Raw, ignoreMismatch ? (byte)1 : (byte)0), "ITimingCache.combine");

    /// <summary>Empties it.</summary>
    public void Reset() => TrtStatus.True(this, _calls.Reset(_self), "ITimingCache.reset");
}
