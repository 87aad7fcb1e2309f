namespace TrtBindings.Vision.RtDetr;

/// <summary>Reads objects from RT-DETR's rows. Keeps its buffers. Not thread-safe.</summary>
/// <param name="options">The engine's options.</param>
/// <param name="labels">The model's labels.</param>
/// <param name="hasClass">Whether a row ends in score and class, and not in a score for each class.</param>
internal sealed class RtDetrReader(RtDetrOptions options, ClassLabels labels, bool hasClass)
{
    private readonly bool _isOpen = labels.Count == 0;
    private ulong[] _order = [];

    /// <summary>Adds the objects of one image.</summary>
    /// <param name="values">Its rows.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="size">Size of the image.</param>
    /// <param name="result">Takes the objects.</param>
    /// <exception cref="TensorException">The model has no label for a class.</exception>
    public void Read<TLabel>(
        ReadOnlySpan<float> values, int columns, (int Width, int Height) size, List<Detection<TLabel>> result)
        where TLabel : unmanaged, Enum
    {
        if (!hasClass || (_isOpen && HasScores(values, columns)))
        {
            ReadScores(values, columns, size, result);
            return;
        }

        for (var at = 0; at < values.Length && result.Count < options.MaxDetections; at += columns)
        {
            if (values[at + 4] > options.Confidence)
                Add(values.Slice(at, 4), ClassLabels.Nearest(values[at + 5]), values[at + 4], size, result);
        }
    }

    /// <summary>
    /// Whether rows of six numbers hold the scores of two classes, as older exports have it: then a last number lies between 0
    /// and 1, where no class is. Asked only if neither names nor head tell.
    /// </summary>
    private static bool HasScores(ReadOnlySpan<float> values, int columns)
    {
        for (var at = 5; at < values.Length; at += columns)
            if (values[at] is > 0 and < 1) return true;
        return false;
    }

    /// <summary>
    /// Takes the best class of each row, and the rows in falling order of that score; of equal scores the first.
    /// </summary>
    private void ReadScores<TLabel>(
        ReadOnlySpan<float> values, int columns, (int Width, int Height) size, List<Detection<TLabel>> result)
        where TLabel : unmanaged, Enum
    {
        var rows = values.Length / columns;
        if (_order.Length < rows) _order = new ulong[rows];
        var count = 0;
        for (var row = 0; row < rows; row++)
        {
            var score = values[(row * columns) + 4 + BestOf(values.Slice((row * columns) + 4, columns - 4))];
            // The complement of a positive float's bits sorts it downwards.
            if (score > options.Confidence)
                _order[count++] = ((ulong)~BitConverter.SingleToUInt32Bits(score) << 32) | (uint)row;
        }

        _order.AsSpan(0, count).Sort();
        foreach (var key in _order.AsSpan(0, Math.Min(count, options.MaxDetections)))
        {
            var row = values.Slice((int)(uint)key * columns, columns);
            var best = BestOf(row[4..]);
            Add(row, best, row[4 + best], size, result);
        }
    }

    private static int BestOf(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best] || float.IsNaN(scores[best])) best = i;
        return best;
    }

    private void Add<TLabel>(
        ReadOnlySpan<float> box, int classIndex, float score, (int Width, int Height) size, List<Detection<TLabel>> result)
        where TLabel : unmanaged, Enum
    {
        var (width, height) = size;
        var (x, y, halfWidth, halfHeight) = (box[0], box[1], box[2] / 2, box[3] / 2);
        result.Add(new(labels.Of<TLabel>(classIndex), classIndex, score, new(
            (x - halfWidth) * width, (y - halfHeight) * height, (x + halfWidth) * width, (y + halfHeight) * height)));
    }
}
