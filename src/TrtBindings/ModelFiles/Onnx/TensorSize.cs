namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Dimensions of a tensor, and their product without overflow.</summary>
internal struct TensorSize()
{
    private const int MostDimensions = 16;

    private long _count = 1;
    private long[] _dimensions = [];
    private int _rank;

    /// <summary>Number of elements; negative if it is unknown.</summary>
    public readonly long Count => _count;

    /// <summary>The dimensions; <see langword="null"/> for more than any operator takes.</summary>
    public readonly long[]? Dimensions
    {
        get
        {
            if (_rank > MostDimensions) return null;
            var dimensions = new long[_rank];
            for (var i = 0; i < _rank; i++) dimensions[i] = _dimensions[i];
            return dimensions;
        }
    }

    /// <summary>Multiplies by one more dimension. A negative dimension or an overflow makes the count unknown.</summary>
    public void Multiply(long dimension)
    {
        if (_rank == 0) _dimensions = new long[4];
        else if (_rank == 4) Array.Resize(ref _dimensions, MostDimensions);
        if (_rank < MostDimensions) _dimensions[_rank] = dimension;
        if (_rank <= MostDimensions) _rank++;
        if (_count < 0) return;
        _count = dimension < 0 || (dimension > 0 && _count > long.MaxValue / dimension) ? -1 : _count * dimension;
    }

    /// <summary>Size of the elements in bytes; 0 if the count is unknown or the type has no fixed size.</summary>
    public readonly long Bytes(ElementType type)
    {
        var bits = type.BitWidth();
        return _count < 0 || bits == 0 || _count > (long.MaxValue - 7) / bits ? 0 : ((_count * bits) + 7) / 8;
    }
}
