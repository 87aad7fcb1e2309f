using Microsoft.ML.OnnxRuntime;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Graphs.Tests.Conversion;

/// <summary>Every model of this repository and of other people that ONNX Runtime loads, converted.</summary>
[Trait("Category", "Slow")]
public sealed class EveryModelTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder _folder = new();

    public static IEnumerable<object[]> Models() => AllModels.Readable().Select(path => new object[] { path });

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Converted_to_FP16_it_loads_and_runs_at_every_level(string model)
    {
        var path = AllModels.Find(model);
        var loads = ResultCheck.Loads(path, out var reason);
        var sample = loads ? SeededSample.Of(path) : null;
        // Whether the model itself runs on these inputs: some want others than can be guessed.
        var before = sample is null ? null : Run(path, sample);
        var report = ModelConversion.ToFloat16(path, _folder["out.onnx"], new() { CheckUpToBytes = loads ? long.MaxValue : 0 });
        output.WriteLine($"{report}{reason}");
        // One more line where ONNX Runtime made a second try necessary.
        if (loads) report.Checks.Count.ShouldBeInRange(4, 5);
        if (before is null) return;
        foreach (var level in Enum.GetValues<GraphOptimizationLevel>())
            Conversions.Run(_folder["out.onnx"], sample!, level).Keys.ShouldBe(before.Keys);
    }

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Converted_to_BF16_its_types_are_right_and_its_twin_runs(string model)
    {
        var path = AllModels.Find(model);
        var loads = ResultCheck.Loads(path, out var reason);
        var sample = loads ? SeededSample.Of(path) : null;
        if (sample is not null && Run(path, sample) is null) sample = null;
        var options = new ConversionOptions
        {
            CheckUpToBytes = loads ? long.MaxValue : 0, Samples = sample is null ? [] : [sample],
        };
        try
        {
            var report = ModelConversion.ToBFloat16(path, _folder["out.onnx"], options);
            output.WriteLine($"{report}{reason}");
            if (loads) report.Checks.Count.ShouldBe(2);
        }
        catch (ModelConversionException e) when (e.Message.Contains("cannot be raised", StringComparison.Ordinal))
        {
            // Older than any exporter of today.
            output.WriteLine(e.Message);
            using var file = OnnxFile.Read(path);
            file.Model.OpsetImport.Where(import => import.Domain.Length == 0).ShouldAllBe(import => import.Version < 7);
        }
    }

    private Dictionary<string, float[]>? Run(string path, ModelSample sample)
    {
        try
        {
            return Conversions.Run(path, sample, GraphOptimizationLevel.ORT_ENABLE_ALL);
        }
        catch (OrtFailure e)
        {
            output.WriteLine($"The model does not run on these inputs: {e.Message}");
            return null;
        }
    }
}
