using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// TensorRT's
/// <see href="https://docs.nvidia.com/deeplearning/tensorrt/latest/_static/c-api/classnvinfer1_1_1_i_optimization_profile.html">
/// IOptimizationProfile</see>. The builder owns it and destroys it.
/// </summary>
internal sealed unsafe class TrtOptimizationProfile : TrtHandle
{
    private readonly TrtOptimizationProfileCalls _calls;
    private readonly nint _self;

    /// <summary>Wraps a profile of a builder.</summary>
    public TrtOptimizationProfile(TrtBuilder builder, nint native)
        : base(builder.Library, native, builder)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary>Calls <c>setDimensions</c>: one of the three shapes of an input.</summary>
    /// <exception cref="TensorRtException">The shape contradicts one that is set already.</exception>
    public void SetDimensions(TrtName name, TrtOptProfileSelector select, in TrtDims shape)
    {
        byte answer;
        fixed (TrtDims* dims = &shape) answer = _calls.SetDimensions(_self, name.Pointer, select, dims);
        GC.KeepAlive(name);
        TrtStatus.True(this, answer, "IOptimizationProfile.setDimensions");
    }

    /// <summary>
    /// Calls <c>setShapeValuesV2</c>, or <c>setShapeValues</c> where that is missing: the values of an input that decides shapes.
    /// </summary>
    /// <exception cref="TensorRtException">The values contradict some that are set already.</exception>
    /// <exception cref="OverflowException">
    /// A value has more than 32 bits, and the loaded TensorRT is older than 10.11.
    /// </exception>
    public void SetShapeValues(TrtName name, TrtOptProfileSelector select, ReadOnlySpan<long> values)
    {
        byte answer;
        if (Library.Slots.Has(TrtMethod.OptimizationProfile_SetShapeValuesV2))
        {
            fixed (long* first = values)
                answer = _calls.SetShapeValuesV2(_self, name.Pointer, select, first, values.Length);
        }
        else
        {
            var narrow = new int[values.Length];
            for (var i = 0; i < narrow.Length; i++) narrow[i] = checked((int)values[i]);
            fixed (int* first = narrow)
                answer = _calls.SetShapeValues(_self, name.Pointer, select, first, narrow.Length);
        }

        GC.KeepAlive(name);
        TrtStatus.True(this, answer, "IOptimizationProfile.setShapeValues");
    }

    /// <inheritdoc/>
    protected override void Free(nint native)
    {
    }
}
