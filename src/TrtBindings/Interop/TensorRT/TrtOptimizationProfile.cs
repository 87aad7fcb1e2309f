namespace TrtBindings.Interop.TensorRT;

/// <summary>TensorRT's <c>IOptimizationProfile</c>. It belongs to its builder, which destroys it.</summary>
internal sealed unsafe class TrtOptimizationProfile : TrtHandle
{
    private readonly TrtOptimizationProfileCalls _calls;
    private readonly nint _self;

    /// <summary>Takes note of a profile.</summary>
    public TrtOptimizationProfile(TrtBuilder builder, nint native)
        : base(builder.Library, native, builder)
    {
        var target = TrtTarget.OfImplementation(native, Library.Slots);
        (_calls, _self) = (new(target), target.This);
    }

    /// <summary><c>isValid</c>: whether minima, optima and maxima fit together.</summary>
    public bool IsValid => _calls.IsValid(_self) != 0;

    /// <summary><c>getExtraMemoryTarget</c>.</summary>
    public float ExtraMemoryTarget => _calls.GetExtraMemoryTarget(_self);

    /// <summary>
    /// <c>setExtraMemoryTarget</c>: how much of the memory for the largest shapes a smaller profile may use on top, 0 to 1.
    /// </summary>
    public void SetExtraMemoryTarget(float target) => TrtStatus.True(
        this, _calls.SetExtraMemoryTarget(_self, target), "IOptimizationProfile.setExtraMemoryTarget");

    /// <summary><c>setDimensions</c>: the shape of an input.</summary>
    /// <exception cref="TensorRtException">It contradicts what is set already.</exception>
    public void SetDimensions(TrtName name, TrtOptProfileSelector select, in TrtDims shape)
    {
        byte answer;
        fixed (TrtDims* dims = &shape) answer = _calls.SetDimensions(_self, name.Pointer, (int)select, dims);
        GC.KeepAlive(name);
        TrtStatus.True(this, answer, "IOptimizationProfile.setDimensions");
    }

    /// <summary><c>getDimensions</c>; a rank of −1 where none is set.</summary>
    public TrtDims GetDimensions(TrtName name, TrtOptProfileSelector select)
    {
        var shape = _calls.GetDimensions(_self, name.Pointer, (int)select);
        GC.KeepAlive(name);
        return shape;
    }

    /// <summary><c>setShapeValues</c>: the values of an input that decides shapes.</summary>
    /// <exception cref="TensorRtException">They contradict what is set already.</exception>
    /// <exception cref="OverflowException">
    /// A value has more than 32 bits, and the loaded TensorRT is older than 10.11.
    /// </exception>
    public void SetShapeValues(TrtName name, TrtOptProfileSelector select, ReadOnlySpan<long> values)
    {
        byte answer;
        if (Library.Slots.Has(TrtMethod.OptimizationProfile_SetShapeValuesV2))
        {
            fixed (long* first = values)
                answer = _calls.SetShapeValuesV2(_self, name.Pointer, (int)select, first, values.Length);
        }
        else
        {
            var narrow = new int[values.Length];
            for (var i = 0; i < narrow.Length; i++) narrow[i] = checked((int)values[i]);
            fixed (int* first = narrow)
                answer = _calls.SetShapeValues(_self, name.Pointer, (int)select, first, narrow.Length);
        }

        GC.KeepAlive(name);
        TrtStatus.True(this, answer, "IOptimizationProfile.setShapeValues");
    }

    /// <inheritdoc/>
    protected override void Free(nint native)
    {
    }
}
