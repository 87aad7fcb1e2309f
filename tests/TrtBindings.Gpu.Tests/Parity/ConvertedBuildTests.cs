using TrtBindings.Gpu.Tests.Builds;
using TrtBindings.Gpu.Tests.CudaProvider;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Parity;

/// <summary>
/// Engines of models that <see cref="ModelConversion"/> wrote: each answers as its source does on the processor, and layers
/// compute in the type that the file has. Needs the library that builds.
/// </summary>
public sealed class ConvertedBuildTests : IDisposable
{
    private const string Group = "converted models";

    private readonly string _folder = ManifestBuild.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("desk-detect")]
    [InlineData("desk-seg")]
    [InlineData("desk-pose")]
    public void An_engine_of_an_FP16_model_is_right_and_computes_in_FP16(string name) =>
        Build(name, ElementType.Float16, (source, target, keep) =>
            ModelConversion.ToFloat16(source, target, new() { Samples = Samples(source), KeepNodes = keep }));

    [SkippableTheory]
    [InlineData("desk-detect")]
    [InlineData("desk-seg")]
    public void An_engine_of_a_BF16_model_is_right_and_computes_in_BF16(string name) =>
        Build(name, ElementType.BFloat16, (source, target, keep) =>
            ModelConversion.ToBFloat16(source, target, new() { KeepNodes = keep }));

    [SkippableTheory]
    [InlineData("desk-detect")]
    [InlineData("desk-seg")]
    public void An_engine_of_an_INT8_model_is_right_and_computes_in_INT8(string name) =>
        Build(name, ElementType.Int8, (source, target, keep) => ModelConversion.Quantize(source, target, new()
        {
            Samples = Samples(source), KeepNodes = keep,
        }));

    [SkippableFact]
    public void An_engine_by_the_flag_of_TensorRT_10_is_compared_and_shows_its_types()
    {
        GpuMachine.RequireBuilder();
        Skip.IfNot(GpuMachine.Host.HasWeakTyping, "TensorRT 11 has no such flag.");
        var source = Source("desk-detect");
        var built = UntypedModel.BuildEngine(source, Options(ModelPrecision.Float16));
        Write("desk-detect by the flag", built);
        built.Layers.ShouldContain(one => one.Type == ElementType.Float16);
        built.Parity.ShouldNotBeNull().Passed.ShouldBeTrue(built.Parity.ToString());
    }

    private void Build(
        string name, ElementType type, Func<string, string, IReadOnlyCollection<string>, ConversionReport> convert)
    {
        GpuMachine.RequireBuilder();
        var source = Source(name);
        var target = Path.Combine(_folder, $"{name}-{type}.onnx");
        // Where ONNX Runtime does not run the file, as one of BF16, its source is the reference.
        File.Copy(source, Path.Combine(_folder, Path.GetFileName(source)), overwrite: true);
        var (report, built) = ConvertedBuild.Run(keep => convert(source, target, keep),
            made => UntypedModel.BuildEngine(made.Target, Options(ModelPrecision.AsInModel)));
        Write($"{name} {type}", built);
        built.Layers.ShouldContain(one => one.Type == type, $"no layer computes in {type}: {report}");
        built.Parity.ShouldNotBeNull().Passed.ShouldBeTrue(built.Parity.ToString());

        using var engine = UntypedModel.Load(target, ModelOptions.Require(BackendKind.TensorRT) with
        {
            TensorRT = Options(ModelPrecision.AsInModel),
        });
        using var reference = UntypedModel.Load(source, OnCuda.Processor);
        var precision = type switch
        {
            ElementType.Int8 => ModelPrecision.Int8,
            ElementType.BFloat16 => ModelPrecision.BFloat16,
            _ => ModelPrecision.Float16,
        };
        var beside = ModelParity.Compare(engine, reference, precision, new() { Samples = Fill, Results = VisionParity.Default });
        beside.Passed.ShouldBeTrue($"beside the source, on pictures: {beside}");
    }

    private TensorRtOptions Options(ModelPrecision precision) => new()
    {
        CacheFolder = _folder, OptimizationLevel = 2, Precision = precision, Profiles = [new() { ["batch"] = (1, 2, 4) }],
        Parity = new() { Samples = Fill, Results = VisionParity.Default },
    };

    private static void Write(string name, BuiltEngine built) => FigureLog.Report(Group, name,
        $"{FigureLog.Text(built.Duration.TotalSeconds, "s")}, layers: "
        + string.Join(", ", built.Layers.Select(one => FormattableString.Invariant($"{one.Share:P0} {one.Type}")))
        + $"; largest relative difference {built.Parity?.Outputs.Max(one => one.Relative):G3}");

    private static string Source(string name) => (name switch
    {
        "desk-seg" => ModelSource.Find(DeskSeg.CompiledSignature, typeof(DeskSeg).Assembly),
        "desk-pose" => ModelSource.Find(DeskPose.CompiledSignature, typeof(DeskPose).Assembly),
        _ => ModelSource.Find(DeskDetect.CompiledSignature, typeof(DeskDetect).Assembly),
    }).Path!;

    /// <summary>Scenes, one for each item.</summary>
    private static void Fill(TensorSet inputs)
    {
        var images = (InputTensor<float>)inputs.Tensors[0];
        var scenes = OnCuda.Scenes();
        for (var item = 0; item < (int)images.Lengths[0]; item++) scenes[item % scenes.Length].View.LetterboxTo(images[item]);
    }

    private static IEnumerable<ModelSample> Samples(string source)
    {
        using var model = UntypedModel.Load(source, OnCuda.Processor);
        using var inputs = model.CreateInputs(1);
        foreach (var scene in OnCuda.Scenes())
        {
            scene.View.LetterboxTo(((InputTensor<float>)inputs.Tensors[0])[0]);
            yield return ModelSample.Of(inputs);
        }
    }
}
