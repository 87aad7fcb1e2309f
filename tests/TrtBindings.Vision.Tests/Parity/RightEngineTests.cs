extern alias graphs;

using graphs::TrtBindings;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Parity;

/// <summary>
/// Models converted to 16 bits beside their source, on ONNX Runtime's processor and on real pictures: what is read from them is
/// within the tolerance of 16 bits, for every family among the sample models.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RightEngineTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory]
    [InlineData("desk-seg.onnx", "YoloSeg", "masks")]
    [InlineData("desk-seg-e2e.onnx", "YoloSeg", "finds")]
    [InlineData("desk-detect/desk-detect.onnx", "YoloDetect", "boxes")]
    [InlineData("desk-pose/desk-pose.onnx", "YoloPose", "key points")]
    [InlineData("desk-obb/desk-obb.onnx", "YoloObb", "turned boxes")]
    [InlineData("faces/faces-scrfd.onnx", "Scrfd", "key points")]
    [InlineData("desk-maskrcnn/desk-maskrcnn-320x320.onnx", "MaskRcnn", "masks")]
    [InlineData("desk-maskrcnn/desk-maskrcnn-480x640.onnx", "MaskRcnn", "masks")]
    [InlineData("desk-semantic/desk-semantic.onnx", "SemanticSegmentation", "class map")]
    [InlineData("desk-classify/desk-classify.onnx", "Classification", "best class")]
    [InlineData("digits/digits-vit.onnx", "Classification", "best class")]
    public void What_is_read_from_a_model_in_16_bits_is_within_their_tolerance(string path, string family, string part)
    {
        var source = Path.Combine([TestPaths.RepositoryRoot, "samples", "models", .. path.Split('/')]);
        var folder = Directory.CreateTempSubdirectory("trtb-results-").FullName;
        try
        {
            var target = Path.Combine(folder, "half.onnx");
            ModelConversion.ToFloat16(source, target);
            using var reference = UntypedModel.Load(source, ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
            using var half = UntypedModel.Load(target, Options(reference.Signature));
            foreach (var samples in (Action<TensorSet>?[])[null, inputs => ParityPictures.Fill(reference, inputs)])
            {
                var report = ModelParity.Compare(
                    half, reference, ModelPrecision.Float16, new() { Results = VisionParity.Default, Samples = samples });
                var results = report.Outputs.Where(one => one.Output == OutputParity.ResultsName).ToArray();
                foreach (var one in results)
                {
                    output.WriteLine($"{path} {(samples is null ? "drawn" : "pictures")}: {one.Part}, {one.Size}: "
                        + $"{one.Elements}, largest {one.Largest:G3} of {one.Range}, agreement {one.Agreement:0.####} "
                        + one.Problem);
                }

                report.Results.ShouldNotBeNull().ShouldStartWith(family);
                results.ShouldNotBeEmpty();
                results.ShouldAllBe(one => one.Passed);
                if (samples is not null) results.ShouldContain(one => one.Part == part && one.Elements > 0);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ModelOptions Options(ModelSignature signature)
    {
        var options = ModelOptions.Require(BackendKind.OnnxRuntimeCpu);
        if (signature.InputDimensions.Count == 0) return options;
        var profile = new TensorRtProfile();
        foreach (var dimension in signature.InputDimensions)
        {
            profile[dimension.Name ?? $"{signature.Inputs[dimension.Input].Name}[{dimension.Axis}]"] =
                dimension.Axis == 0 ? new SizeRange(1, 1, 2) : 320;
        }

        options.TensorRT.Profiles = [profile];
        return options;
    }
}
