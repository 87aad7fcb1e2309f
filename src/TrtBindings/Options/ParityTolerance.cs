using TrtBindings.Options;

namespace TrtBindings;

/// <summary>
/// What the outputs of an engine may differ by from those of the reference. Each figure is a share, so that boxes of 640 pixels
/// and scores below 1 are measured alike. An output passes if it passes all of them: a cosine alone says nothing, because 0.998
/// was measured where every score was 0.
/// </summary>
public sealed record ParityTolerance
{
    private const double HalfPosition = 5e-3;
    private const double HalfScore = 0.03;
    private const double HalfOverlap = 0.95;

    /// <summary>Largest difference of one element, as a share of the largest magnitude in its part of the output.</summary>
    public double Largest { get; init; }

    /// <summary>
    /// Length of the difference, as a share of the length of the reference: the root of the sum of squares of both. Measured for
    /// each item of a batch by itself.
    /// </summary>
    public double Relative { get; init; }

    /// <summary>
    /// What the factor that fits the reference to the output best may differ by from 1. A scale is seen by it that hides among
    /// the rounding of single elements.
    /// </summary>
    public double Gain { get; init; }

    /// <summary>Least cosine of the angle between output and reference.</summary>
    public double Cosine { get; init; }

    /// <summary>
    /// Least share of decisions that are the same: top-1 classes where the reference decides clearly, elements of an output of
    /// integers, rows of an end-to-end head.
    /// </summary>
    public double Agreement { get; init; }

    /// <summary>
    /// Results (<see cref="ParityOptions.Results"/>): what the edge of a box or a key point may be off by, as a share of the
    /// longer side of the picture.
    /// </summary>
    public double Position { get; init; } = HalfPosition;

    /// <summary>Results: what the score of a find, or of the best class, may differ by; scores are 0 to 1.</summary>
    public double Score { get; init; } = HalfScore;

    /// <summary>
    /// Results: least intersection over union of two masks, and least overlap of two turned boxes. A mask may also differ by a
    /// seam of half a pixel along its edge.
    /// </summary>
    public double Overlap { get; init; } = HalfOverlap;

    /// <summary>32-bit floats without TF32.</summary>
    public static ParityTolerance Float32 { get; } = new()
    {
        Largest = 1e-3, Relative = 5e-4, Gain = 2e-4, Cosine = 0.99999, Agreement = 0.999,
        Position = 5e-4, Score = 1e-3, Overlap = 0.99,
    };

    /// <summary>16-bit floats, and TF32, which rounds factors to as many bits.</summary>
    public static ParityTolerance Float16 { get; } =
        new() { Largest = 0.06, Relative = 0.03, Gain = 0.0125, Cosine = 0.999, Agreement = 0.99 };

    /// <summary>BF16, which has 3 bits less than 16-bit floats.</summary>
    public static ParityTolerance BFloat16 { get; } = new()
    {
        Largest = 0.25, Relative = 0.12, Gain = 0.03, Cosine = 0.99, Agreement = 0.97,
        Position = 0.02, Score = 0.1, Overlap = 0.85,
    };

    /// <summary>8-bit integers and 8-bit floats, with the rest in 16-bit floats.</summary>
    public static ParityTolerance Int8 { get; } = new()
    {
        Largest = 0.5, Relative = 0.25, Gain = 0.1, Cosine = 0.97, Agreement = 0.9,
        Position = 0.05, Score = 0.25, Overlap = 0.7,
    };

    /// <summary>The default tolerance for a precision.</summary>
    public static ParityTolerance Of(ModelPrecision precision) => precision switch
    {
        ModelPrecision.Float16 => Float16,
        ModelPrecision.BFloat16 => BFloat16,
        ModelPrecision.Int8 or ModelPrecision.Float8 => Int8,
        _ => Float32,
    };

    /// <exception cref="ModelOptionException">A figure that no share can be.</exception>
    internal void Check(string option)
    {
        foreach (var (name, value) in ((string, double)[])[
            (nameof(Largest), Largest), (nameof(Relative), Relative), (nameof(Gain), Gain), (nameof(Position), Position),
            (nameof(Score), Score)])
        {
            if (!(value >= 0)) OptionCheck.Throw(option, name, $"is {value}, and must be at least 0");
        }

        foreach (var (name, value) in ((string, double)[])[
            (nameof(Cosine), Cosine), (nameof(Agreement), Agreement), (nameof(Overlap), Overlap)])
        {
            if (!(value is >= -1 and <= 1)) OptionCheck.Throw(option, name, $"is {value}, and must be at most 1");
        }
    }
}
