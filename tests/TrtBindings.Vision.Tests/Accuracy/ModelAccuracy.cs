using TrtBindings.Samples;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>
/// The accuracy of every shipped model by its name: of the file itself, or of the one that <see cref="UntypedModel.Redirect"/>
/// names.
/// </summary>
internal static class ModelAccuracy
{
    private static readonly Dictionary<string, Func<Accuracy[]>> Evaluations = new()
    {
        ["desk-seg"] = () => Masks(SampleModelAccuracy.Measure()),
        ["desk-seg-e2e"] = () => Masks(SampleModelAccuracy.MeasureEndToEnd()),
        ["desk-detect"] = () => Boxes(DeskDetectAccuracy.Measure()),
        ["desk-pose"] = () => Precision(DeskPoseAccuracy.Measure()),
        ["desk-obb"] = () => Precision(DeskObbAccuracy.Measure()),
        ["desk-classify"] = () => [Top1(DeskClassifyAccuracy.Measure().Average(one => one.Found == one.Class ? 1.0 : 0))],
        ["desk-semantic"] = () => [new("mean IoU", DeskSemanticAccuracy.Measure().Average(), 0.02)],
        ["desk-maskrcnn-320x320"] = () => Masks(DeskMaskRcnnAccuracy.Measure("320x320")),
        ["desk-maskrcnn-480x640"] = () => Masks(DeskMaskRcnnAccuracy.Measure("480x640")),
        ["desk-maskrcnn-640x640"] = () => Masks(DeskMaskRcnnAccuracy.Measure("640x640")),
        ["desk-maskrcnn"] = () => Masks(DeskMaskRcnnAccuracy.Measure()),
        ["faces-scrfd"] = () => [new("recall at one false find a picture", FaceModelAccuracy.Measure(320, 256).Recall, 0.02)],
        ["digits-vit"] = () => [Top1(Digits())],
    };

    /// <summary>As the digits' page says.</summary>
    public static ClassificationPreprocessing DigitPreprocessing { get; } =
        new() { Mean = ChannelValues.All(0.5f), Deviation = ChannelValues.All(0.5f) };

    /// <summary>Names of all models.</summary>
    public static IEnumerable<string> Models => Evaluations.Keys;

    /// <summary>The file of a model.</summary>
    public static string PathOf(string model) => Directory.GetFiles(
        Path.Combine(TestPaths.RepositoryRoot, "samples", "models"), $"{model}.onnx", SearchOption.AllDirectories).Single();

    /// <summary>Runs a model on its validation pictures; a shipped file once in a process.</summary>
    public static Accuracy[] Of(string model) => Measured.Once(model, Evaluations[model]);

    private static Accuracy[] Boxes(ClassAccuracy[] classes) =>
    [
        new("AP50", classes.Average(one => one.BoxAp50), 0.02), new("AP75", classes.Average(one => one.BoxAp75), 0.03),
    ];

    private static Accuracy[] Precision(ClassPrecision[] classes) =>
        [new("AP50", classes.Average(one => one.Ap50), 0.02), new("AP75", classes.Average(one => one.Ap75), 0.03)];

    private static Accuracy[] Masks(ClassAccuracy[] classes) =>
    [
        .. Boxes(classes), new("mask AP50", classes.Average(one => one.MaskAp50), 0.02),
        new("mask overlap", classes.Average(one => one.MaskOverlap), 0.01),
    ];

    private static Accuracy Top1(double share) => new("top-1", share, 0.01);

    private static double Digits()
    {
        using var sheet = DigitSheet.Read(Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "digits", "validation"));
        using var model = ShippedModels.Digits();
        using var engine = ClassificationEngine.Create(model, DigitPreprocessing, new() { Top = 1, MaxBatch = 32 });
        var found = sheet.Tiles.Chunk(32).SelectMany(batch => engine.Classify(batch).Select(best => best[0].ClassIndex));
        return found.Zip(sheet.Labels).Average(pair => pair.First == pair.Second ? 1.0 : 0);
    }
}
