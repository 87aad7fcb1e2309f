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

/// <summary>
/// The sizes that a profile declares for one dynamic dimension: minimum ≤ optimum ≤ maximum. The minimum is at least 0.
/// </summary>
/// <param name="Dimension">Index in <see cref="ModelSignature.InputDimensions"/>.</param>
/// <param name="Name">The dimension's ONNX name; <c>tensor[axis]</c> if it has none.</param>
/// <param name="Minimum">Smallest size.</param>
/// <param name="Optimum">Size to optimize for.</param>
/// <param name="Maximum">Largest size.</param>
public sealed record DimensionRange(int Dimension, string Name, long Minimum, long Optimum, long Maximum)
{
    /// <summary>Tells whether a size lies in the range.</summary>
    public bool Contains(long size) => size >= Minimum && size <= Maximum;

    /// <summary>For example <c>batch=1..4..16</c>.</summary>
    public override string ToString() =>
        Minimum == Maximum ? $"{Name}={Minimum}" : $"{Name}={Minimum}..{Optimum}..{Maximum}";
}
