extern alias graphs;

using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.MaskRcnn;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>
/// The 32 calibration pictures of each shipped model, which neither training nor validation has, prepared by the model's own
/// engine.
/// </summary>
internal static class CalibrationPictures
{
    private const int Count = 32;

    private static string Folder { get; } = Path.Combine(TestPaths.RepositoryRoot, "samples", "models");

    /// <summary>The inputs that the engine gives to a model.</summary>
    public static graphs::TrtBindings.ModelSample[] Of(string model)
    {
        var samples = new List<graphs::TrtBindings.ModelSample>();
        DelegatingModel.Running.Value = inputs =>
        {
            samples.Add(graphs::TrtBindings.ModelSample.Of(inputs));
            throw new TakenException();
        };
        try
        {
            Run(model);
        }
        finally
        {
            DelegatingModel.Running.Value = null;
        }

        samples.Count.ShouldBe(Count);
        return [.. samples];
    }

    private static void Run(string model)
    {
        switch (model)
        {
            case "desk-classify":
                using (var loaded = DeskClassifyAccuracy.Load())
                using (var engine = DeskClassifyAccuracy.Engine(loaded))
                    foreach (var crop in DeskClassifyAccuracy.Crops(Desk).DistinctBy(crop => crop.File))
                        Take(() => engine.Classify(crop.Image.View));
                break;
            case "desk-seg" or "desk-seg-e2e":
                using (var loaded = SampleModels.Dense())
                using (var engine = YoloSegEngine.Create(loaded))
                    foreach (var scene in Scenes()) Take(() => engine.Detect(scene.View));
                break;
            case "desk-semantic":
                using (var loaded = ShippedModels.Semantic())
                    foreach (var scene in Scenes())
                        Segment(loaded, scene);
                break;
            case "faces-scrfd":
                using (var loaded = ShippedModels.Faces())
                using (var engine = ScrfdEngine.Create(loaded, new() { InputWidth = 320, InputHeight = 256 }))
                    foreach (var face in Pictures(Path.Combine(Folder, "faces", "calibration")))
                        Take(() => engine.Detect(face.View));
                break;
            case "digits-vit":
                var sheet = PhotoFile.Read(Path.Combine(Folder, "digits", "calibration", "digits.png"));
                using (var loaded = ShippedModels.Digits())
                using (var engine = ClassificationEngine.Create(loaded, ModelAccuracy.DigitPreprocessing))
                    for (var i = 0; i < Count; i++)
                        Take(() => engine.Classify(sheet.Crop(i % 8 * 32, i / 8 * 32, 32, 32).View));
                break;
            case "desk-maskrcnn" or "desk-maskrcnn-320x320" or "desk-maskrcnn-480x640" or "desk-maskrcnn-640x640":
                using (var loaded = model == "desk-maskrcnn" ? DeskMaskRcnn.Dynamic()
                    : DeskMaskRcnn.Fixed(model["desk-maskrcnn-".Length..]))
                using (var engine = MaskRcnnEngine.Create(loaded))
                    foreach (var scene in Scenes()) Take(() => engine.Detect(scene.View));
                break;
            default:
                // Detection, poses and rectangles take the same letterboxed picture.
                using (var loaded = ShippedModels.Detect())
                using (var engine = YoloDetectEngine.Create(loaded))
                    foreach (var scene in Scenes()) Take(() => engine.Detect(scene.View));
                break;
        }
    }

    private static string Desk { get; } = Path.Combine(Folder, "calibration");

    private static IEnumerable<ImageMemory> Scenes() => Pictures(Desk);

    private static IEnumerable<ImageMemory> Pictures(string folder) =>
        Directory.EnumerateFiles(folder, "*.png").Order(StringComparer.Ordinal).Select(PhotoFile.Read);

    private static void Segment(UntypedSegmenter<DeskClass> model, ImageMemory scene)
    {
        using var engine = SemanticSegmentationEngine.Create(model,
            SegmentationPreprocessing.UnitRange with { ShortSide = Math.Min(scene.Width, scene.Height) }, new() { MaxBatch = 1 });
        Take(() => engine.Segment(scene.View));
    }

    /// <summary>Prepares a picture. The inputs are all that is asked for, so the model need not run.</summary>
    private static void Take(Action call) => Should.Throw<TakenException>(call);

    private sealed class TakenException : Exception;
}
