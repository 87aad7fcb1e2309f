using TrtBindings.Vision;
using static TrtBindings.Conversion.FamilyModels;

namespace TrtBindings.Conversion;

/// <summary>The engine of a model's family, for its preprocessing only.</summary>
internal sealed class FamilyEngine : IDisposable
{
    /// <summary>Presets by name, for the families whose models do not say how pictures are prepared.</summary>
    private static readonly Dictionary<string, ClassificationPreprocessing> ClassificationPresets =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(ClassificationPreprocessing.Ultralytics)] = ClassificationPreprocessing.Ultralytics,
            [nameof(ClassificationPreprocessing.Torchvision)] = ClassificationPreprocessing.Torchvision,
            [nameof(ClassificationPreprocessing.TorchvisionTensor)] = ClassificationPreprocessing.TorchvisionTensor,
            [nameof(ClassificationPreprocessing.TorchvisionV2)] = ClassificationPreprocessing.TorchvisionV2,
            [nameof(ClassificationPreprocessing.Timm)] = ClassificationPreprocessing.Timm,
            [nameof(ClassificationPreprocessing.TimmImageNet)] = ClassificationPreprocessing.TimmImageNet,
        };

    private static readonly Dictionary<string, SegmentationPreprocessing> SegmentationPresets =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [nameof(SegmentationPreprocessing.Ultralytics)] = SegmentationPreprocessing.Ultralytics,
            [nameof(SegmentationPreprocessing.Torchvision)] = SegmentationPreprocessing.Torchvision,
            [nameof(SegmentationPreprocessing.TorchvisionTensor)] = SegmentationPreprocessing.TorchvisionTensor,
            [nameof(SegmentationPreprocessing.SegFormer)] = SegmentationPreprocessing.SegFormer,
            [nameof(SegmentationPreprocessing.OpenCv)] = SegmentationPreprocessing.OpenCv,
            [nameof(SegmentationPreprocessing.UnitRange)] = SegmentationPreprocessing.UnitRange,
        };

    private readonly IDisposable _engine;
    private readonly int _batch;
    private readonly Action<ImageMemory[]> _run;

    private FamilyEngine(IDisposable engine, int batch, Action<ImageMemory[]> run, string preparation = "") =>
        (_engine, _batch, _run, Preparation) = (engine, batch, run, preparation);

    /// <summary>The preset, for a message; empty if the family has none to choose.</summary>
    public string Preparation { get; }

    /// <summary>Makes the engine.</summary>
    /// <param name="match">The family.</param>
    /// <param name="model">The model.</param>
    /// <param name="preset">Name of a preset; empty to take what the model says.</param>
    /// <exception cref="CalibrationException">
    /// No such preset, none where the model does not say one, or one where none is to choose.
    /// </exception>
    public static FamilyEngine Of(FamilyMatch match, RecordingModel model, string preset)
    {
        var family = match.Rule.Task;
        if (preset.Length > 0 && family is not ("Classification" or "SemanticSegmentation"))
        {
            throw new CalibrationException($"TrtCalibrationPreset is '{preset}', and models of {match.Rule.Task}Engine are all "
                + "prepared in one way. Leave it out.");
        }

        try
        {
            return family switch
            {
                "YoloDetect" => Of(YoloDetectEngine.Create<Thing>(YoloOf()),
                    engine => engine.MaxBatch, (engine, all) => engine.Detect(all)),
                "YoloSeg" => Of(YoloSegEngine.Create<Thing>(YoloOf()),
                    engine => engine.MaxBatch, (engine, all) => engine.Detect(all)),
                "YoloObb" => Of(YoloObbEngine.Create<Thing>(YoloOf()),
                    engine => engine.MaxBatch, (engine, all) => engine.Detect(all)),
                "YoloPose" => Of(YoloPoseEngine.Create<Thing>(YoloOf()),
                    engine => engine.MaxBatch, (engine, all) => engine.Detect(all)),
                "RtDetr" => Of(RtDetrEngine.Create<Thing>(new RtDetrModel(model, Form<RtDetrForm>())),
                    engine => engine.MaxBatch, (engine, all) => engine.Detect(all)),
                "Scrfd" => Of(ScrfdEngine.Create(new ScrfdModel(model, Form<ScrfdForm>())),
                    engine => engine.MaxBatch, (engine, all) => engine.Detect(all)),
                "MaskRcnn" => Of(MaskRcnnEngine.Create<Thing>(new MaskRcnnModel(model, Form<MaskRcnnForm>())),
                    engine => engine.MaxBatch, (engine, all) => engine.Detect(all)),
                "SemanticSegmentation" => Segmenter(new Segmenter(model, Form<SemanticSegmentationForm>()), preset),
                "Classification" => Classifier(new Classifier(model, Form<ClassificationForm>()), preset),
                _ => throw new CalibrationException($"Pictures for models of the family {family} cannot be prepared in a build."),
            };
        }
        catch (TensorException e)
        {
            throw new CalibrationException($"Pictures cannot be prepared for this model: {e.Message}");
        }

        YoloModel YoloOf() => new(model, Form<YoloForm>(), match);

        T Form<T>()
            where T : struct, Enum => Enum.Parse<T>(match.Form);
    }

    /// <summary>Prepares a picture, as often as the model's batch has room where it is fixed: a batch of other values would
    /// count too.</summary>
    public void Run(ImageMemory picture)
    {
        var all = new ImageMemory[_batch];
        Array.Fill(all, picture);
        _run(all);
    }

    public void Dispose() => _engine.Dispose();

    private static FamilyEngine Of<TEngine>(
        TEngine engine, Func<TEngine, int> batch, Action<TEngine, ImageMemory[]> run, string preparation = "")
        where TEngine : IDisposable =>
        new(engine, batch(engine), all => run(engine, all), preparation);

    private static FamilyEngine Segmenter(Segmenter model, string preset)
    {
        var preparation = Preset(SegmentationPresets, preset);
        if (preparation is null && !UltralyticsSays.Segments(model.Description)) throw NoPreset(SegmentationPresets.Keys);
        return Of(SemanticSegmentationEngine.Create<Thing>(model, preparation ?? SegmentationPreprocessing.Ultralytics),
            engine => engine.MaxBatch, (engine, all) => engine.Segment(all),
            $", preset {(preset.Length > 0 ? preset : "Ultralytics")}");
    }

    private static FamilyEngine Classifier(Classifier model, string preset)
    {
        var preparation = Preset(ClassificationPresets, preset) ?? ClassificationPreprocessing.Of(model.Description)
            ?? throw NoPreset(ClassificationPresets.Keys);
        return Of(ClassificationEngine.Create<Thing>(model, preparation), engine => engine.MaxBatch,
            (engine, all) => engine.Classify(all), $", preset {(preset.Length > 0 ? preset : "of the model's metadata")}");
    }

    private static T? Preset<T>(Dictionary<string, T> presets, string name)
        where T : class =>
        name.Length == 0 ? null
        : presets.GetValueOrDefault(name) ?? throw new CalibrationException($"TrtCalibrationPreset is '{name}', which is no "
            + $"preset of this family. It takes one of {string.Join(", ", presets.Keys)}.");

    private static CalibrationException NoPreset(IEnumerable<string> names) => new(
        "The model does not say how its pictures are prepared. Set TrtCalibrationPreset to the preset that it was trained with: "
        + $"{string.Join(", ", names)}.");
}
