namespace TrtBindings.Vision.Yolo;

/// <summary>
/// Predictions of a YOLO model for one image, row-major. Dense: [4 + classes + others, anchors]. End-to-end:
/// [rows, 6 + others].
/// </summary>
internal readonly ref struct YoloOutput
{
    public YoloOutput(ReadOnlySpan<float> values, int rows, int columns, int classes)
    {
        if (values.Length != rows * columns)
            throw new ArgumentException("The output does not have the length of its shape.", nameof(values));
        Values = values;
        (Rows, Columns, Classes) = (rows, columns, classes);
    }

    public ReadOnlySpan<float> Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Classes of a dense output; 0 for an end-to-end one.</summary>
    public int Classes { get; }

    public bool IsDense => Classes > 0;

    /// <summary>One of the numbers that the family adds to a prediction, such as key points.</summary>
    /// <param name="source">The anchor or row.</param>
    /// <param name="index">The number, from 0.</param>
    public float Other(int source, int index) => IsDense
        ? Values[((4 + Classes + index) * Columns) + source]
        : Values[(source * Columns) + 6 + index];

    /// <summary>The oriented box of an anchor or row, in input pixels: centre and size first, the angle last.</summary>
    public OrientedBox OrientedBoxAt(int source)
    {
        var (start, step, last) = IsDense ? (source, Columns, Rows - 1) : (source * Columns, 1, Columns - 1);
        return new(
            Values[start], Values[start + step], Values[start + (2 * step)], Values[start + (3 * step)],
            Values[start + (last * step)]);
    }
}

/// <summary>One prediction that was kept.</summary>
/// <param name="Source">Its anchor (dense) or row (end-to-end).</param>
/// <param name="ClassIndex">Its class.</param>
/// <param name="Score">Its score.</param>
/// <param name="Box">Its box in pixels of the model's input, not clipped.</param>
internal readonly record struct Candidate(int Source, int ClassIndex, float Score, Box Box);
