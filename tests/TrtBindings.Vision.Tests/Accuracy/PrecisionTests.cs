using TrtBindings.Graphs.Conversion;
using TrtBindings.Samples;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.MaskRcnn;
using TrtBindings.Vision.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>
/// The shipped models in FP16 and BF16, measured like those in 32 bits. ONNX Runtime's CPU has no BF16 convolutions, so BF16 is a
/// twin in 32 bits that rounds to it at every edge.
/// </summary>
[Trait("Category", "Slow")]
public sealed class PrecisionTests(ITestOutputHelper output) : IDisposable
{
    private const double Tolerance = 0.005;

    private readonly string _folder = Directory.CreateTempSubdirectory("precision-").FullName;

    /// <summary>What each evaluation gives: an average precision, a mean overlap or a share of right answers.</summary>
    private static readonly Dictionary<string, Func<double[]>> Evaluations = new()
    {
        ["desk-seg"] = () => Masks(SampleModelAccuracy.Measure()),
        ["desk-seg-e2e"] = () => Use(SampleModels.EndToEnd(), model => Masks(SampleModelAccuracy.Measure(model))),
        ["desk-detect"] = () => [DeskDetectAccuracy.Measure().Average(one => one.BoxAp50)],
        ["desk-pose"] = () => [DeskPoseAccuracy.Measure().Average(one => one.Ap50)],
        ["desk-obb"] = () => [DeskObbAccuracy.Measure().Average(one => one.Ap50)],
        ["desk-classify"] = () => [DeskClassifyAccuracy.Measure().Average(one => one.Found == one.Class ? 1.0 : 0)],
        ["desk-semantic"] = () => Use(ShippedModels.Semantic(), model => [DeskSemanticAccuracy.Measure(model).Average()]),
        ["desk-maskrcnn-320x320"] = () => Use(DeskMaskRcnn.Fixed("320x320"), model => Masks(DeskMaskRcnnAccuracy.Measure(model))),
        ["desk-maskrcnn-480x640"] = () => Use(DeskMaskRcnn.Fixed("480x640"), model => Masks(DeskMaskRcnnAccuracy.Measure(model))),
        ["desk-maskrcnn-640x640"] = () => Use(DeskMaskRcnn.Fixed("640x640"), model => Masks(DeskMaskRcnnAccuracy.Measure(model))),
        ["desk-maskrcnn"] = () => Use(DeskMaskRcnn.Dynamic(), model => Masks(DeskMaskRcnnAccuracy.Measure(model))),
        ["faces-scrfd"] = () => [FaceModelAccuracy.Measure(320, 256).Recall],
        ["digits-vit"] = () => [Digits()],
    };

    public static IEnumerable<object[]> Models() => Evaluations.Keys.Select(model => new object[] { model });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void FP16_and_BF16_are_as_accurate_as_32_bits_within_half_a_point(string model)
    {
        var before = Evaluations[model]();
        foreach (var type in new[] { ElementType.Float16, ElementType.BFloat16 })
        {
            string? report = null;
            UntypedModel.Redirect.Value = path =>
            {
                var converted = Path.Combine(_folder, type + Path.GetFileName(path));
                report = Convert(path, converted, type);
                return converted;
            };
            var after = Evaluations[model]();
            UntypedModel.Redirect.Value = null;
            output.WriteLine($"{model} {type}: {string.Join(", ", before.Zip(after, (b, a) => $"{b:0.0000} -> {a:0.0000}"))}");
            output.WriteLine(report.ShouldNotBeNull("the evaluation loaded another model"));
            for (var i = 0; i < before.Length; i++) after[i].ShouldBeGreaterThanOrEqualTo(before[i] - Tolerance);
        }
    }

    private static string Convert(string path, string target, ElementType type)
    {
        // Every level is tried on every model elsewhere.
        var options = new ConversionOptions { CheckUpToBytes = 0 };
        if (type == ElementType.Float16) return ModelConversion.ToFloat16(path, target, options).ToString();
        var report = ModelConversion.ToBFloat16(path, target + ".bf16", options);
        RoundingTwin.Write(target + ".bf16", target);
        return report.ToString();
    }

    private static double[] Masks(ClassAccuracy[] classes) =>
        [classes.Average(one => one.BoxAp50), classes.Average(one => one.MaskAp50)];

    private static double[] Use<T>(T model, Func<T, double[]> measure)
        where T : IDisposable
    {
        using (model) return measure(model);
    }

    private static double Digits()
    {
        var folder = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "digits", "validation");
        using var sheet = DigitSheet.Read(folder);
        using var model = ShippedModels.Digits();
        using var engine = ClassificationEngine.Create(
            model, new() { Mean = ChannelValues.All(0.5f), Deviation = ChannelValues.All(0.5f) },
                new() { Top = 1, MaxBatch = 32 });
        var found = sheet.Tiles.Chunk(32).SelectMany(batch => engine.Classify(batch).Select(best => best[0].ClassIndex))
            .ToArray();
        return found.Zip(sheet.Labels).Average(pair => pair.First == pair.Second ? 1.0 : 0);
    }
}
