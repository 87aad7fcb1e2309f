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
