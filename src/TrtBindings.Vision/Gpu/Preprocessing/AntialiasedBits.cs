namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>
/// Fractional bits of the weights of an axis, which depend on the largest weight of the whole axis; kept from one picture to the
/// next, because most have the same size.
/// </summary>
internal sealed class AntialiasedBits(ResizeFilter filter, AntialiasedRule rule)
{
    private readonly AntialiasedWeights _weights = new();
    private int _source;
    private int _target;

    /// <summary>The bits for a resize.</summary>
    public int Of(int source, int target)
    {
        if (source == _source && target == _target) return _weights.Bits;
        _weights.Prepare(source, target, 0, 0, filter, rule);
        (_source, _target) = (source, target);
        return _weights.Bits;
    }
}
