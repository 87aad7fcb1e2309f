namespace TrtBindings;

/// <summary>The sizes that a profile declares for one dynamic dimension: 1 or 0 ≤ minimum ≤ optimum ≤ maximum.</summary>
/// <param name="Dimension">Index in <see cref="ModelSignature.InputDimensions"/>.</param>
/// <param name="Name">The dimension's ONNX name; <c>tensor[axis]</c> where it has none.</param>
/// <param name="Minimum">The least size.</param>
/// <param name="Optimum">The size that TensorRT shall be fastest at.</param>
/// <param name="Maximum">The largest size.</param>
public sealed record DimensionRange(int Dimension, string Name, long Minimum, long Optimum, long Maximum)
{
    /// <summary>Whether a size lies within.</summary>
    public bool Contains(long size) => size >= Minimum && size <= Maximum;

    /// <summary>For example <c>batch=1..4..16</c>.</summary>
    public override string ToString() =>
        Minimum == Maximum ? $"{Name}={Minimum}" : $"{Name}={Minimum}..{Optimum}..{Maximum}";
}
