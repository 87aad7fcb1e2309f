using System.Globalization;
using System.Text;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Quantization;
using TrtBindings.Graphs.Tests.Support;
using Xunit.Abstractions;

namespace TrtBindings.Graphs.Tests.Quantization;

/// <summary>Every model of this repository and of other people that ONNX Runtime runs, quantized.</summary>
[Trait("Category", "Slow")]
public sealed class EveryModelTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder _folder = new();

    public static IEnumerable<object[]> Models() => AllModels.Readable().Select(path => new object[] { path });

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Models))]
    public void Quantized_it_loads_and_runs_at_every_level_and_holds_nothing_that_TensorRT_refuses(string model)
    {
        var path = AllModels.Find(model);
        var sample = ResultCheck.Loads(path, out var reason) ? SeededSample.Of(path) : null;
        var before = sample is null ? null : Run(path, sample);
        Skip.If(before is null, $"ONNX Runtime does not run the model on inputs that can be guessed. {reason}");
        var hadQuantized = File.ReadAllBytes(path).AsSpan().IndexOf("QuantizeLinear"u8) >= 0;
        var options = new QuantizationOptions { Samples = [sample!], Method = CalibrationMethod.MinMax };
        ConversionReport report;
        try
        {
            report = ModelConversion.Quantize(path, _folder["out.onnx"], options);
        }
        catch (ModelConversionException e) when (e.Message.Contains("cannot be raised", StringComparison.Ordinal))
        {
            output.WriteLine(e.Message);
            return;
        }

        output.WriteLine($"{report}");
        if (!hadQuantized) TensorRtRules.Problems(_folder["out.onnx"]).ShouldBeEmpty();
        foreach (var level in Enum.GetValues<GraphOptimizationLevel>())
            Conversions.Run(_folder["out.onnx"], sample!, level).Keys.ShouldBe(before!.Keys);
    }

    [Fact]
    public void The_heads_of_our_own_models_are_kept_by_their_place_in_the_graph()
    {
        var text = new StringBuilder();
        foreach (var model in AllModels.Own())
        {
            using var file = OnnxFile.Read(AllModels.Find(model));
            var plan = QuantizationPlan.Make(new Draft(file), new());
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{model}: {plan.Family}, {plan.QuantizedNodes} layers quantized, {plan.Tensors.Count} values");
            foreach (var node in plan.Kept.Where(node => node.Operator is "Conv" or "ConvTranspose" or "MatMul" or "Gemm"))
                text.AppendLine(CultureInfo.InvariantCulture, $"  {node.Operator} {node.Node} {node.Reason}");
            foreach (var group in plan.Kept.Where(node => node.Operator is not ("Conv" or "ConvTranspose" or "MatMul" or "Gemm"))
                .GroupBy(node => node.Reason))
            {
                var operators = group.GroupBy(node => node.Operator).OrderBy(one => one.Key, StringComparer.Ordinal)
                    .Select(one => $"{one.Count()} {one.Key}");
                text.AppendLine(CultureInfo.InvariantCulture, $"  {string.Join(", ", operators)}: {group.Key}");
            }
        }

        text.ToString().ShouldMatchApproved(c => c.NoDiff().SubFolder("Approved")
            .WithFilenameGenerator((_, _, type, extension) => $"Heads.{type}.{extension}"));
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
