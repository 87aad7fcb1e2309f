namespace TrtBindings.Vision.Yolo;

/// <summary>Outputs of a YOLO-seg model for one image: predictions, and prototypes [M, grid height, grid width].</summary>
internal readonly ref struct YoloSegHead
{
    public YoloSegHead(
        YoloOutput predictions, ReadOnlySpan<float> prototypes, int coefficients, int gridHeight, int gridWidth)
    {
        if (prototypes.Length != coefficients * gridHeight * gridWidth)
            throw new ArgumentException("The prototypes do not have the length of their shape.", nameof(prototypes));
        Predictions = predictions;
        Prototypes = prototypes;
        (Coefficients, GridHeight, GridWidth) = (coefficients, gridHeight, gridWidth);
    }

    public static implicit operator YoloOutput(in YoloSegHead head) => head.Predictions;

    public YoloOutput Predictions { get; }

    public ReadOnlySpan<float> Prototypes { get; }

    /// <summary>M, the number of prototypes and of the coefficients that a prediction has.</summary>
    public int Coefficients { get; }

    public int GridHeight { get; }

    public int GridWidth { get; }
}
