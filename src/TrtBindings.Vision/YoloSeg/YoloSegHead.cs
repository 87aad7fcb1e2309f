using TrtBindings.Vision.Yolo;

namespace TrtBindings.Vision.YoloSeg;

/// <summary>
/// The two outputs of a YOLO-seg model for one image, row-major. Dense: predictions [4 + classes + M, anchors];
/// end-to-end: [rows, 6 + M]. Prototypes: [M, grid height, grid width].
/// </summary>
internal readonly ref struct YoloSegHead
{
    public YoloSegHead(
        YoloForm form, ReadOnlySpan<float> predictions, int rows, int columns,
        ReadOnlySpan<float> prototypes, int coefficients, int gridHeight, int gridWidth)
    {
        if (predictions.Length != rows * columns || prototypes.Length != coefficients * gridHeight * gridWidth)
            throw new ArgumentException("The outputs do not have the lengths that their shapes say.");
        Form = form;
        Predictions = predictions;
        Rows = rows;
        Columns = columns;
        Prototypes = prototypes;
        Coefficients = coefficients;
        GridHeight = gridHeight;
        GridWidth = gridWidth;
    }

    /// <summary>The predictions alone, which is what every YOLO head has.</summary>
    public static implicit operator YoloOutput(in YoloSegHead head) =>
        new(head.Predictions, head.Rows, head.Columns, head.Form == YoloForm.Dense ? head.Classes : 0);

    public YoloForm Form { get; }

    public ReadOnlySpan<float> Predictions { get; }

    public int Rows { get; }

    public int Columns { get; }

    public ReadOnlySpan<float> Prototypes { get; }

    /// <summary>M, the number of prototypes and of mask coefficients.</summary>
    public int Coefficients { get; }

    public int GridHeight { get; }

    public int GridWidth { get; }

    /// <summary>Classes of a dense head.</summary>
    public int Classes => Rows - 4 - Coefficients;
}
