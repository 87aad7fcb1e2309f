using TrtBindings.Gpu.Tests.CudaProvider;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Parity;

/// <summary>
/// Ready engines of the sample models beside their .onnx on ONNX Runtime's processor, as the gate compares new ones: right
/// engines are within the tolerance of their precision, and wrong ones are named.
/// </summary>
public sealed class ReadyEngineParityTests
{
    private const string Group = "parity";

    public static TheoryData<string> Right =>
    [
        "desk-seg_fp32", "desk-seg_fp16", "desk-detect_fp32", "desk-pose_fp32", "desk-pose_fp16", "desk-classify_fp32",
        "digits-vit_fp32", "digits-vit_fp16", "faces-scrfd_fp32", "faces-scrfd_fp16", "desk-maskrcnn-480x640_fp32",
    ];

    [SkippableTheory]
    [MemberData(nameof(Right))]
    public void A_right_engine_is_within_the_tolerance_of_its_precision(string name)
    {
        var precision = PrecisionOf(name);
        var report = Compare(name, precision, null);
        Write(name, report);
        report.Passed.ShouldBeTrue(report.ToString());
    }

    [SkippableTheory]
    [InlineData("desk-seg_fp16")]
    [InlineData("desk-pose_fp16")]
    [InlineData("digits-vit_fp16")]
    public void An_engine_of_16_bits_is_not_within_the_tolerance_of_32(string name) =>
        Compare(name, ModelPrecision.Float32, null).Failure.ShouldNotBeNull().Problem.ShouldNotBeNull();

    /// <summary>Its graph computes areas beyond 65504 in 16 bits and finds objects several times.</summary>
    [SkippableFact]
    public void The_end_to_end_engine_of_16_bits_is_refused_for_its_rows()
    {
        var report = Compare("desk-seg-e2e_fp16", ModelPrecision.Float16, Scenes);
        Write("desk-seg-e2e_fp16", report);
        report.Outputs.ShouldContain(one => !one.Passed && one.Output == "output0");
    }

    private static ModelPrecision PrecisionOf(string name) =>
        name.EndsWith("_fp16", StringComparison.Ordinal) ? ModelPrecision.Float16 : ModelPrecision.Float32;

    private static ParityReport Compare(string name, ModelPrecision precision, Action<TensorSet>? samples)
    {
        var model = name[..name.LastIndexOf('_')];
        using var engine = Engine(name, model, out var source);
        using var reference = UntypedModel.Load(source, OnCuda.Processor);
        return ModelParity.Compare(engine, reference, precision, new() { Samples = samples, Results = VisionParity.Default });
    }

    private static UntypedModel Engine(string name, string model, out string source)
    {
        ReadyEngine.RequireMachine();
        var plan = Path.Combine(GpuData.RequireUnpacked("tensorrt/own"), name + ".plan");
        source = SourceOf(model);
        var profiles = model switch
        {
            "faces-scrfd" => (TensorRtProfile[])[new()
            {
                ["batch"] = (1, 1, 4), ["height"] = (320, 480, 640), ["width"] = (320, 640, 640),
            }],
            "digits-vit" => [new() { ["batch"] = (1, 8, 32) }],
            "desk-maskrcnn-480x640" => [],
            _ => [new() { ["batch"] = (1, 4, 8) }],
        };
        return UntypedModel.Load(source, ModelOptions.Require(BackendKind.TensorRT) with
        {
            TensorRT = new() { EngineFile = plan, Profiles = profiles },
        });
    }

    private static string SourceOf(string model) => (model switch
    {
        "desk-seg" => ModelSource.Find(DeskSeg.CompiledSignature, typeof(DeskSeg).Assembly),
        "desk-seg-e2e" => ModelSource.Find(DeskSegE2e.CompiledSignature, typeof(DeskSegE2e).Assembly),
        "desk-detect" => ModelSource.Find(DeskDetect.CompiledSignature, typeof(DeskDetect).Assembly),
        "desk-pose" => ModelSource.Find(DeskPose.CompiledSignature, typeof(DeskPose).Assembly),
        "desk-classify" => ModelSource.Find(DeskClassify.CompiledSignature, typeof(DeskClassify).Assembly),
        "digits-vit" => ModelSource.Find(DigitsVit.CompiledSignature, typeof(DigitsVit).Assembly),
        "faces-scrfd" => ModelSource.Find(FacesScrfd.CompiledSignature, typeof(FacesScrfd).Assembly),
        _ => ModelSource.Find(DeskMaskrcnn480x640.CompiledSignature, typeof(DeskMaskrcnn480x640).Assembly),
    }).Path!;

    /// <summary>One scene for each item of the batch, prepared as the engines of these models do it.</summary>
    private static void Scenes(TensorSet inputs)
    {
        var images = (InputTensor<float>)inputs.Tensors[0];
        var scenes = OnCuda.Scenes();
        for (var item = 0; item < (int)images.Lengths[0]; item++)
            scenes[item % scenes.Length].View.LetterboxTo(images[item]);
    }

    private static void Write(string name, ParityReport report)
    {
        foreach (var output in report.Outputs.GroupBy(one => $"{one.Output} {one.Part}".Trim()))
        {
            var worst = output.MaxBy(one => one.Relative)!;
            FigureLog.Report(Group, $"{name}, {output.Key}", FormattableString.Invariant(
                $"largest {output.Max(one => one.LargestShare):G3} of the range, relative {worst.Relative:G3}, ")
                + FormattableString.Invariant($"gain {output.MaxBy(one => Math.Abs(one.Gain - 1))!.Gain:0.#####}"));
        }
    }
}
