extern alias graphs;

using graphs::TrtBindings;
using TrtBindings.TestSupport;
using Xunit.Abstractions;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>
/// The shipped models in INT8 with the rest in FP16, calibrated on 32 pictures that neither training nor validation has, and
/// measured like those in 32 bits.
/// </summary>
[Trait("Category", "Slow")]
public sealed class QuantizedAccuracyTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("quantized-").FullName;

    public static IEnumerable<object[]> Models() => ModelAccuracy.Models.Select(model => new object[] { model });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Models))]
    public void INT8_is_as_accurate_as_32_bits_within_its_tolerance_and_as_Pythons_tool_within_half_a_point(string model)
    {
        var samples = CalibrationPictures.Of(model);
        var before = ModelAccuracy.Of(model);
        ConversionReport? report = null;
        UntypedModel.Redirect.Value = path =>
        {
            var converted = Path.Combine(_folder, Path.GetFileName(path));
            report = ModelConversion.Quantize(path, converted, new() { Samples = samples });
            return converted;
        };
        var after = ModelAccuracy.Of(model);
        UntypedModel.Redirect.Value = null;
        report.ShouldNotBeNull("the evaluation loaded another model");
        output.WriteLine($"{model}: {string.Join(", ", before.Zip(after, (b, a) => $"{b} -> {a.Value:0.0000}"))}; "
            + $"{new FileInfo(report.Source).Length} -> {new FileInfo(report.Target).Length} bytes");
        output.WriteLine(report.ToString());
        report.QuantizedNodes.ShouldBeGreaterThan(0);
        for (var i = 0; i < before.Length; i++)
            after[i].Value.ShouldBeGreaterThanOrEqualTo(before[i].Value - before[i].Int8Tolerance, before[i].Name);
        if (PythonsTool.Of(model) is not { } tool) return;
        tool.Length.ShouldBe(before.Length);
        for (var i = 0; i < before.Length; i++)
        {
            after[i].Value.ShouldBeGreaterThanOrEqualTo(
                Math.Min(before[i].Value, tool[i]) - PythonsTool.Tolerance, $"{before[i].Name} against Python's tool");
        }
    }
}
