namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Multiplies up a tensor's dimensions without overflowing.</summary>
internal struct ElementCount()
{
    private long _count = 1;

    /// <summary>Takes one more dimension; a negative one or an overflow makes the count unknown.</summary>
    public void Multiply(long dimension)
    {
        if (_count < 0) return;
        _count = dimension < 0 || (dimension > 0 && _count > long.MaxValue / dimension) ? -1 : _count * dimension;
    }

    /// <summary>Bytes of that many elements; 0 if the count is unknown or the type has no fixed size.</summary>
    public readonly long Bytes(ElementType type)
    {
        var bits = type.BitWidth();
        return _count < 0 || bits == 0 || _count > (long.MaxValue - 7) / bits ? 0 : ((_count * bits) + 7) / 8;
    }
}
