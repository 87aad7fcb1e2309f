namespace TrtBindings.Vision.Yolo;

/// <summary>
/// The predictions of a YOLO model for one image, row-major. Dense: [4 + classes + others, anchors]; end-to-end:
/// [rows, 6 + others].
/// </summary>
internal readonly ref struct YoloOutput
{
    public YoloOutput(ReadOnlySpan<float> values, int rows, int columns, int classes)
    {
        if (values.Length != rows * columns)
            throw new ArgumentException("The output does not have the length that its shape says.", nameof(values));
        Values = values;
        Rows = rows;
        Columns = columns;
        Classes = classes;
    }

    public ReadOnlySpan<float> Values { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Classes of a dense head; 0 for an end-to-end one, whose rows name theirs.</summary>
    public int Classes { get; }
}
