namespace TrtBindings;

/// <summary>Sizes that a model is used with, declared on its item with <c>TrtProfile</c>.</summary>
/// <param name="Ranges">One range for each dimension that the profile names, in the order of the dimensions.</param>
public sealed record OptimizationProfile(EquatableArray<DimensionRange> Ranges)
{
    /// <summary>The first range that a size lies outside of; <see langword="null"/> if all sizes lie within.</summary>
    /// <param name="dimensions">Sizes in the order of <see cref="ModelSignature.InputDimensions"/>.</param>
    public DimensionRange? FirstOutside(ReadOnlySpan<long> dimensions)
    {
        for (var i = 0; i < Ranges.Count; i++)
            if (!Ranges[i].Contains(dimensions[Ranges[i].Dimension])) return Ranges[i];
        return null;
    }

    /// <summary>For example <c>batch=1..4..16,height=640</c>.</summary>
    public override string ToString() => string.Join(',', Ranges);
}
