namespace TrtBindings.Vision.AnyFamily;

/// <summary>What the engine of a family reads from the outputs of one run, a result for each picture of the batch.</summary>
/// <param name="Pictures">The results.</param>
/// <param name="Width">Width of the pictures: that of the model's input.</param>
/// <param name="Height">Their height.</param>
/// <param name="IsClassified">Results are classes of the whole picture.</param>
/// <param name="Labels">Names of the classes; empty if the model has none.</param>
internal sealed record ReadResults(
    IReadOnlyList<VisionResult> Pictures, int Width, int Height, bool IsClassified, IReadOnlyList<string> Labels)
{
    /// <summary>Finds below this score are never read.</summary>
    public const float LeastScore = 0.01f;

    /// <summary>The most finds of a picture.</summary>
    public const int MostFinds = 300;

    private const string Classification = "Classification";
    private const string Segmentation = "SemanticSegmentation";

    /// <summary>The longer side of a picture.</summary>
    public int Side => Math.Max(Width, Height);

    /// <summary>Name of a class of a map.</summary>
    public string ClassName(int index) => index < Labels.Count ? $"'{Labels[index]}'" : $"class {index}";

    /// <summary>Reads the outputs of a run.</summary>
    /// <exception cref="TrtBindingsException">The outputs are not those of the family.</exception>
    public static ReadResults Of(ModelFamily family, RecordedModel model)
    {
        using var engine = family.CreateEngine(model, OptionsOf(family));
        var shape = model.Signature.Inputs[0].Shape;
        var isLast = family.Form == nameof(ClassificationForm.ChannelsLast);
        var (width, height) = (
            engine.InputWidth ?? Length(isLast ? 2 : 1), engine.InputHeight ?? Length(isLast ? 3 : 2));
        // What it shows does not matter: the outputs are there. In a picture of the input's size boxes stay where they are.
        var blank = new ImageMemory(new byte[3 * width * height], width, height, PixelFormat.Rgb);
        var pictures = new ImageMemory[engine.MaxBatch];
        Array.Fill(pictures, blank);
        return new(engine.Run(pictures), width, height, family.Name == Classification, engine.Labels);

        int Length(int fromEnd) => (int)shape.Dimensions[shape.Rank - fromEnd].Value;
    }

    private static VisionEngineOptions OptionsOf(ModelFamily family) => family.Name switch
    {
        // Preparation changes pictures only, which nobody looks at.
        Classification => new()
        {
            Processing = Processing.Cpu, MaxResults = 2, Classification = ClassificationPreprocessing.Ultralytics,
        },
        Segmentation => new() { Processing = Processing.Cpu, Segmentation = SegmentationPreprocessing.UnitRange },
        _ => new() { Processing = Processing.Cpu, Confidence = LeastScore, MaxResults = MostFinds, AllClasses = true },
    };
}
