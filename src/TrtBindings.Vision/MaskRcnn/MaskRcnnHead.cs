namespace TrtBindings.Vision.MaskRcnn;

/// <summary>The instances that a Mask R-CNN gave for one image, in the model's own coordinates.</summary>
internal readonly ref struct MaskRcnnHead
{
    private readonly ReadOnlySpan<long> _longs;
    private readonly ReadOnlySpan<int> _ints;

    /// <summary>Instances whose classes are numbers of 64 or of 32 bits; the other span is empty.</summary>
    public MaskRcnnHead(ReadOnlySpan<long> longs, ReadOnlySpan<int> ints)
    {
        _longs = longs;
        _ints = ints;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; init; }

    /// <summary>4 numbers each.</summary>
    public ReadOnlySpan<float> Boxes { get; init; }

    /// <summary>1 number each.</summary>
    public ReadOnlySpan<float> Scores { get; init; }

    /// <summary>Probabilities: <see cref="MaskHeight"/> rows of <see cref="MaskWidth"/> each.</summary>
    public ReadOnlySpan<float> Masks { get; init; }

    /// <summary>Rows of a mask.</summary>
    public int MaskHeight { get; init; }

    /// <summary>Columns of a mask.</summary>
    public int MaskWidth { get; init; }

    /// <summary>Whether boxes are y1, x1, y2, x2.</summary>
    public bool IsRowFirst { get; init; }

    /// <summary>Class of an instance.</summary>
    public long ClassAt(int index) => _longs.IsEmpty ? _ints[index] : _longs[index];

    /// <summary>Box of an instance, not scaled.</summary>
    public Box BoxAt(int index)
    {
        var box = Boxes.Slice(4 * index, 4);
        return IsRowFirst ? new(box[1], box[0], box[3], box[2]) : new(box[0], box[1], box[2], box[3]);
    }

    /// <summary>Mask of an instance.</summary>
    public ReadOnlySpan<float> MaskAt(int index) => Masks.Slice(index * MaskHeight * MaskWidth, MaskHeight * MaskWidth);
}
