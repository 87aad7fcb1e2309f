namespace TrtBindings;

/// <summary>
/// Sizes that an engine is built for: least, best and largest of each dynamic dimension. A run outside every profile of an
/// engine is refused with the ranges named. Written as
/// <c>new TensorRtProfile { ["batch"] = (1, 4, 16), ["height"] = (320, 640, 1280) }</c>.
/// </summary>
public sealed class TensorRtProfile
{
    private readonly Dictionary<string, (long Minimum, long Optimum, long Maximum)> _ranges = new(StringComparer.Ordinal);

    /// <summary>
    /// The sizes of one dimension: 1 or 0 ≤ minimum ≤ optimum ≤ maximum. TensorRT is fastest at the optimum; memory and
    /// time of the build grow with the maximum.
    /// </summary>
    /// <param name="dimension">
    /// The dimension's ONNX name (<c>batch</c>), or its place <c>tensor[axis]</c> (<c>input.1[2]</c>) where it has none.
    /// </param>
    /// <exception cref="KeyNotFoundException">Read, and the profile says nothing of this dimension.</exception>
    public (long Minimum, long Optimum, long Maximum) this[string dimension]
    {
        get => _ranges[dimension];
        init => _ranges[dimension] = value;
    }

    /// <summary>The dimensions that it has sizes for.</summary>
    public IReadOnlyCollection<string> Dimensions => _ranges.Keys;

    /// <summary>For example <c>batch=1..4..16,height=640..640..640</c>.</summary>
    public override string ToString() => string.Join(',',
        _ranges.Select(range => $"{range.Key}={range.Value.Minimum}..{range.Value.Optimum}..{range.Value.Maximum}"));
}
