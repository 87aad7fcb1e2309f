namespace TrtBindings.Vision.MaskRcnn;

/// <summary>The outputs of a Mask R-CNN for one image, in the model's coordinates.</summary>
internal readonly ref struct MaskRcnnHead
{
    private readonly ReadOnlySpan<long> _longs;
    private readonly ReadOnlySpan<int> _ints;

    /// <summary>Objects whose classes are 64-bit or 32-bit; the other span is empty.</summary>
    public MaskRcnnHead(ReadOnlySpan<long> longs, ReadOnlySpan<int> ints)
    {
        _longs = longs;
        _ints = ints;
    }

    /// <summary>Number of objects.</summary>
    public int Count { get; init; }

    /// <summary>4 numbers for each object.</summary>
    public ReadOnlySpan<float> Boxes { get; init; }

    /// <summary>1 number for each object.</summary>
    public ReadOnlySpan<float> Scores { get; init; }

    /// <summary><see cref="MaskHeight"/> rows of <see cref="MaskWidth"/> probabilities for each object.</summary>
    public ReadOnlySpan<float> Masks { get; init; }

    /// <summary>Rows of a mask.</summary>
    public int MaskHeight { get; init; }

    /// <summary>Columns of a mask.</summary>
    public int MaskWidth { get; init; }

    /// <summary>Whether boxes are y1, x1, y2, x2.</summary>
    public bool IsRowFirst { get; init; }

    /// <summary>Class of an object.</summary>
    public long ClassAt(int index) => _longs.IsEmpty ? _ints[index] : _longs[index];

    /// <summary>Box of an object.</summary>
    public Box BoxAt(int index)
    {
        var box = Boxes.Slice(4 * index, 4);
        return IsRowFirst ? new(box[1], box[0], box[3], box[2]) : new(box[0], box[1], box[2], box[3]);
    }

    /// <summary>Mask of an object.</summary>
    public ReadOnlySpan<float> MaskAt(int index) => Masks.Slice(index * MaskHeight * MaskWidth, MaskHeight * MaskWidth);
}
