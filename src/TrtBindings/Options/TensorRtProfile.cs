namespace TrtBindings;

/// <summary>
/// An optimization profile: the sizes of each dynamic dimension that an engine is built for. A key is the dimension's ONNX
/// name (<c>batch</c>), or its place <c>tensor[axis]</c> (<c>input.1[2]</c>) where it has no name. Written as
/// <c>new TensorRtProfile { ["batch"] = (1, 4, 16), ["height"] = 640 }</c>. A run outside every profile of an engine is refused.
/// </summary>
public sealed class TensorRtProfile : Dictionary<string, SizeRange>
{
    /// <summary>An empty profile. Names are compared exactly.</summary>
    public TensorRtProfile()
        : base(StringComparer.Ordinal)
    {
    }

    private TensorRtProfile(TensorRtProfile other)
        : base(other, StringComparer.Ordinal)
    {
    }

    /// <summary>For example <c>batch=1..4..16,height=640</c>.</summary>
    public override string ToString() => string.Join(',', this.Select(range => $"{range.Key}={range.Value}"));

    internal TensorRtProfile Copy() => new(this);
}

/// <summary>
/// Sizes of one dimension in an optimization profile: minimum ≤ optimum ≤ maximum. The minimum is at least 0. TensorRT is
/// fastest at the optimum. Memory and the time of a build grow with the maximum.
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
