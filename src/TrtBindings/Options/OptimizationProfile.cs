namespace TrtBindings;

/// <summary>An optimization profile: the sizes that a model is used with, declared on its item with <c>TrtProfile</c>.</summary>
/// <param name="Ranges">A range for each dimension that the profile names, in the order of the dimensions.</param>
public sealed record OptimizationProfile(EquatableArray<DimensionRange> Ranges)
{
    /// <summary>Finds the first range that does not contain its size; <see langword="null"/> if all do.</summary>
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
