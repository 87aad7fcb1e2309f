extern alias graphs;

using graphs::TrtBindings;
using graphs::TrtBindings.Graphs.Conversion;
using TrtBindings.TestSupport;
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

    public static IEnumerable<object[]> Models() => ModelAccuracy.Models.Select(model => new object[] { model });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void FP16_and_BF16_are_as_accurate_as_32_bits_within_half_a_point(string model)
    {
        var before = Measure(model);
        foreach (var type in new[] { ElementType.Float16, ElementType.BFloat16 })
        {
            string? report = null;
            UntypedModel.Redirect.Value = path =>
            {
                var converted = Path.Combine(_folder, type + Path.GetFileName(path));
                report = Convert(path, converted, type);
                return converted;
            };
            var after = Measure(model);
            UntypedModel.Redirect.Value = null;
            output.WriteLine($"{model} {type}: {string.Join(", ", before.Zip(after, (b, a) => $"{b} -> {a.Value:0.0000}"))}");
            output.WriteLine(report.ShouldNotBeNull("the evaluation loaded another model"));
            for (var i = 0; i < before.Length; i++)
                after[i].Value.ShouldBeGreaterThanOrEqualTo(before[i].Value - Tolerance, before[i].Name);
        }
    }

    private static Accuracy[] Measure(string model) => [.. ModelAccuracy.Of(model).Where(one => one.IsMain)];

    private static string Convert(string path, string target, ElementType type)
    {
        // Every level is tried on every model elsewhere.
        var options = new ConversionOptions { CheckUpToBytes = 0 };
        if (type == ElementType.Float16) return ModelConversion.ToFloat16(path, target, options).ToString();
        var report = ModelConversion.ToBFloat16(path, target + ".bf16", options);
        RoundingTwin.Write(target + ".bf16", target);
        return report.ToString();
    }
}
