extern alias graphs;

using graphs::TrtBindings;
using TrtBindings.TestSupport;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>
/// Models converted to 16 bits beside their source, on ONNX Runtime's processor: a right 16-bit model is within the tolerance of
/// 16 bits on drawn inputs and on real pictures, and a converted file is not within that of 32 bits.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ParityFigureTests(Xunit.Abstractions.ITestOutputHelper output)
{
    public static TheoryData<string> Models =>
    [
        "desk-seg.onnx", "desk-seg-e2e.onnx", "desk-detect/desk-detect.onnx", "desk-pose/desk-pose.onnx",
        "desk-obb/desk-obb.onnx", "desk-classify/desk-classify.onnx", "desk-semantic/desk-semantic.onnx",
        "digits/digits-vit.onnx", "faces/faces-scrfd.onnx",
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_in_16_bits_is_within_their_tolerance_and_not_within_that_of_32(string path)
    {
        var source = Path.Combine([TestPaths.RepositoryRoot, "samples", "models", .. path.Split('/')]);
        var folder = Directory.CreateTempSubdirectory("trtb-parity-").FullName;
        try
        {
            var target = Path.Combine(folder, "half.onnx");
            ModelConversion.ToFloat16(source, target);
            using var reference = UntypedModel.Load(source, ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
            var options = ModelOptions.Require(BackendKind.OnnxRuntimeCpu);
            if (reference.Signature.InputDimensions.Count > 0)
            {
                var profile = new TensorRtProfile();
                foreach (var dimension in reference.Signature.InputDimensions)
                    profile[dimension.Name ?? $"{reference.Signature.Inputs[dimension.Input].Name}[{dimension.Axis}]"] =
                        dimension.Axis == 0 ? new SizeRange(1, 1, 2) : 320;
                options.TensorRT.Profiles = [profile];
            }

            using var half = UntypedModel.Load(target, options);
            var report = ModelParity.Compare(half, reference, ModelPrecision.Float16);
            foreach (var one in report.Outputs) output.WriteLine($"{path}: {one}");
            report.Outputs.ShouldAllBe(one => one.Passed);
            report.Outputs.ShouldContain(one => one.Relative > ParityTolerance.Float32.Relative);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
