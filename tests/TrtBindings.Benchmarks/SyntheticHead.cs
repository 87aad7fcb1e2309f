namespace TrtBindings.Benchmarks;

/// <summary>
/// Outputs of a dense YOLO-seg model with 80 classes for a 1080p frame: background scores everywhere, and 20
/// objects of 160 × 160 input pixels, each found by a cluster of anchors with slightly different boxes.
/// </summary>
internal sealed class SyntheticHead
{
    public const int FrameWidth = 1920;
    public const int FrameHeight = 1080;
    public const int InputSide = 640;
    public const int Objects = ObjectColumns * ObjectRows;

    private const int ObjectColumns = 5;
    private const int ObjectRows = 4;
    private const int ObjectSide = 160;
    private const int AnchorsOfObject = 12;
    private const int Classes = 80;
    private const int Coefficients = 32;
    private const int Rows = 4 + Classes + Coefficients;
    private const int Anchors = 8400;
    private const int Grid = 160;

    // The letterboxed frame covers rows 140 to 500 of the input.
    private const int FirstRow = 140;
    private const int CoveredRows = 360;

    private readonly float[] _predictions = new float[Rows * Anchors];
    private readonly float[] _prototypes = new float[Coefficients * Grid * Grid];
    private readonly Random _random;

    public SyntheticHead(int seed)
    {
        _random = new(seed);
        // Below the confidence threshold, like most of a real image.
        for (var i = 4 * Anchors; i < (4 + Classes) * Anchors; i++) _predictions[i] = _random.NextSingle() * 0.1f;
        for (var i = (4 + Classes) * Anchors; i < _predictions.Length; i++)
            _predictions[i] = _random.NextSingle() - 0.5f;
        for (var i = 0; i < _prototypes.Length; i++) _prototypes[i] = _random.NextSingle() * 2 - 1;
        for (var i = 0; i < Objects; i++) Place(i);
    }

    public YoloSegHead View => new(
        new(_predictions, Rows, Anchors, Rows - 4 - Coefficients), _prototypes, Coefficients, Grid, Grid);

    private void Place(int index)
    {
        var x = ObjectSide / 2 + index % ObjectColumns * (InputSide - ObjectSide) / (ObjectColumns - 1);
        var y = FirstRow + ObjectSide / 2 + index / ObjectColumns * (CoveredRows - ObjectSide) / (ObjectRows - 1);
        for (var i = 0; i < AnchorsOfObject; i++)
        {
            var anchor = (index * AnchorsOfObject + i) * 31 % Anchors;
            _predictions[anchor] = x + _random.NextSingle() * 4 - 2;
            _predictions[Anchors + anchor] = y + _random.NextSingle() * 4 - 2;
            _predictions[2 * Anchors + anchor] = ObjectSide;
            _predictions[3 * Anchors + anchor] = ObjectSide;
            _predictions[(4 + index * 3) * Anchors + anchor] = 0.95f - i * 0.02f;
        }
    }
}
