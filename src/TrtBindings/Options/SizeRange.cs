namespace TrtBindings;

/// <summary>
/// Sizes of one dimension in an optimization profile: minimum ≤ optimum ≤ maximum. The minimum is at least 1 on the first axis,
/// and at least 0 on others. TensorRT is fastest at the optimum. Memory and the time of a build grow with the maximum.
/// </summary>
/// <param name="Minimum">Smallest size.</param>
/// <param name="Optimum">Size to optimize for.</param>
/// <param name="Maximum">Largest size.</param>
public sealed record SizeRange(long Minimum, long Optimum, long Maximum)
{
    /// <summary>A range written as a tuple.</summary>
    public static implicit operator SizeRange((long Minimum, long Optimum, long Maximum) range) =>
        new(range.Minimum, range.Optimum, range.Maximum);

    /// <summary>One size only.</summary>
    public static implicit operator SizeRange(long size) => new(size, size, size);

    /// <summary>For example <c>1..4..16</c>, or <c>640</c> for one size.</summary>
    public override string ToString() => Minimum == Maximum ? $"{Minimum}" : $"{Minimum}..{Optimum}..{Maximum}";
}
