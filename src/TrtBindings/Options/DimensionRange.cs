namespace TrtBindings;

/// <summary>
/// The sizes that a profile declares for one dynamic dimension: minimum ≤ optimum ≤ maximum. The minimum is at least 1 on the
/// first axis, and at least 0 on others.
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
