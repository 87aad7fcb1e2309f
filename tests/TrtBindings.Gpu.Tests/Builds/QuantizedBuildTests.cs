using System.Diagnostics;
using System.Numerics.Tensors;
using TrtBindings.Gpu.Tests.CudaProvider;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>
/// What TensorRT makes of models that <see cref="ModelConversion.Quantize"/> wrote: both ways of quantizing a Concat and FP8
/// beside FP16, with time, size and the types that the layers compute in.
/// </summary>
public sealed class QuantizedBuildTests : IDisposable
{
    private const string Group = "quantized models";
    private const int WarmUpRuns = 20;
    private const int TimedRuns = 200;
    private const int Batch = 4;

    /// <summary>Hopper and Ada have FP8.</summary>
    private static readonly (int Major, int Minor) Ada = (8, 9);

    private readonly string _folder = ManifestBuild.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("desk-detect")]
    [InlineData("desk-seg")]
    public void Both_ways_of_quantizing_a_concat_build_and_compute_in_8_bits(string name)
    {
        GpuMachine.RequireBuilder();
        var source = Source(name);
        var half = Time(name, "FP16", Convert("fp16", target => ModelConversion.ToFloat16(source, target)));
        half.Layers.ShouldContain(one => one.Type == ElementType.Float16);
        foreach (var concat in Enum.GetValues<ConcatQuantization>())
        {
            var how = Options(source, concat);
            var quantized = Convert($"int8-{concat}", target => ModelConversion.Quantize(source, target, how));
            var built = Time(name, $"INT8, Concat quantized at its {concat}", quantized);
            built.Layers.ShouldContain(one => one.Type == ElementType.Int8, "no layer computes in INT8");
        }
    }

    [SkippableFact]
    public void FP8_builds_where_the_device_has_it()
    {
        GpuMachine.RequireBuilder();
        var device = GpuMachine.Cuda.DeviceAt(0);
        Skip.If((device.ComputeMajor, device.ComputeMinor).CompareTo(Ada) < 0, "This GPU has no FP8, which begins with 8.9.");
        var source = Source("desk-detect");
        var options = Options(source, ConcatQuantization.Inputs, ElementType.Float8E4M3FN);
        var built = Time("desk-detect", "FP8", Convert("fp8", target => ModelConversion.Quantize(source, target, options)));
        built.Layers.ShouldContain(one => one.Type == ElementType.Float8E4M3FN, "no layer computes in FP8");
    }

    private static string Source(string name) => (name == "desk-seg"
        ? ModelSource.Find(DeskSeg.CompiledSignature, typeof(DeskSeg).Assembly)
        : ModelSource.Find(DeskDetect.CompiledSignature, typeof(DeskDetect).Assembly)).Path!;

    private static QuantizationOptions Options(
        string source, ConcatQuantization concat, ElementType type = ElementType.Int8) =>
        new()
        {
            Type = type, Concat = concat, Method = CalibrationMethod.MeanSquaredError, Samples = Samples(source),
        };

    /// <summary>Scenes as the engines of these models prepare them.</summary>
    private static IEnumerable<ModelSample> Samples(string source)
    {
        using var model = UntypedModel.Load(source, OnCuda.Processor);
        using var inputs = model.CreateInputs(1);
        var images = (InputTensor<float>)inputs.Tensors[0];
        foreach (var scene in OnCuda.Scenes())
        {
            scene.View.LetterboxTo(new TensorSpan<float>(images.Span, [3, images.Lengths[2], images.Lengths[3]]));
            yield return ModelSample.Of(inputs);
        }
    }

    private string Convert(string name, Func<string, ConversionReport> convert)
    {
        var report = convert(Path.Combine(_folder, name + ".onnx"));
        FigureLog.Report(Group, name, report.ToString());
        return report.Target;
    }

    /// <summary>Builds as the file says, runs on waves, and writes down what came of it.</summary>
    private BuiltEngine Time(string name, string what, string path)
    {
        var options = new TensorRtOptions
        {
            CacheFolder = _folder, Precision = ModelPrecision.AsInModel, Profiles = [new() { ["batch"] = (1, Batch, Batch) }],
        };
        var built = UntypedModel.BuildEngine(path, options);
        using var model = UntypedModel.Load(path, ModelOptions.Require(BackendKind.TensorRT) with { TensorRT = options });
        using var inputs = model.CreateInputsOfSize(Batch);
        using var outputs = model.CreateOutputsOfSize(Batch);
        Data.InputFormula.Fill(inputs.Tensors[0]);
        OnDevice.Move(model, inputs, outputs);
        for (var i = 0; i < WarmUpRuns; i++) model.Run(inputs, outputs);
        var times = new double[TimedRuns];
        for (var i = 0; i < TimedRuns; i++)
        {
            var start = Stopwatch.GetTimestamp();
            model.Run(inputs, outputs);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        FigureLog.Report(Group, $"{name}, {what}, batch {Batch}", $"median {FigureLog.Text(Statistics.Median(times), "ms", 3)}, "
            + $"{FigureLog.Text(built.Duration.TotalSeconds, "s")} to build, {FigureLog.MiB(built.ByteLength)}, layers "
            + string.Join(", ", built.Layers.Select(one => $"{one.Layers} {one.Type.OnnxName()}")));
        return built;
    }
}
