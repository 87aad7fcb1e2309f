using TrtBindings.Gpu.Tests.Data;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>A model whose exporter wrote one placeholder for every dimension that it did not know.</summary>
public sealed class PlaceholderTests
{
    [SkippableFact]
    public void A_model_whose_dimensions_have_one_placeholder_name_runs_at_480_by_640()
    {
        using var build = new OneBuild("scrfd500m_hw_fp32");
        var ranges = build.Options.Profiles.Single().Keys.ToArray();
        build.Options = build.Options with
        {
            OptimizationLevel = 0,
            // The optimum is not square: one name for two dimensions would not allow it.
            Profiles = [new() { [ranges[0]] = (320, 480, 1280), [ranges[1]] = (320, 640, 1280) }],
        };
        build.Run().WasBuilt.ShouldBeTrue();
        var required = ModelOptions.Require(BackendKind.TensorRT) with { TensorRT = build.Options };
        using var onTensorRt = UntypedModel.Load(build.Model, required);
        using var onProcessor = UntypedModel.Load(build.Model, ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        foreach (var (height, rows) in new[] { (480L, 9600L), (640L, 12800L) })
        {
            var (found, expected) = (Run(onTensorRt, height), Run(onProcessor, height));
            found[0].Shape.ShouldBe([rows, 1]);
            for (var i = 0; i < found.Count; i++)
            {
                found[i].Shape.ShouldBe(expected[i].Shape);
                TensorValues.LargestDifference(found[i].Values, expected[i].Values)
                    .ShouldBeLessThanOrEqualTo(1e-4 * Math.Max(1, TensorValues.LargestOf(expected[i].Values)));
            }
        }

        static List<(long[] Shape, double[] Values)> Run(UntypedModel model, long height)
        {
            using var inputs = model.CreateInputs(height, 640);
            using var outputs = model.CreateOutputs();
            InputFormula.Fill(inputs.Tensors[0]);
            model.Run(inputs, outputs);
            return [.. outputs.Tensors.Select(tensor => (TensorValues.ShapeOf(tensor), TensorValues.Of(tensor)))];
        }
    }
}
