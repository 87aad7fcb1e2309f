using System.Runtime.InteropServices;
using TrtBindings.Gpu.Tests.Builds;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Parity;

/// <summary>
/// Verdicts on real engines: the source of a BF16 model with its weights in a file of their own, every profile by itself, and an
/// engine that is refused. Needs the library that builds.
/// </summary>
public sealed class KeptVerdictTests : IDisposable
{
    private const int Columns = 64;

    private readonly string _folder = ManifestBuild.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public void The_engine_of_a_BF16_model_is_compared_with_its_source_and_the_weights_beside_that()
    {
        GpuMachine.RequireBuilder();
        var source = Source();
        var report = ModelConversion.ToBFloat16(source, Path.Combine(_folder, "net.bf16.onnx"));
        var built = UntypedModel.BuildEngine(report.Target, Options(ModelPrecision.AsInModel, (1, 2, 4)));
        built.Parity.ShouldNotBeNull().Passed.ShouldBeTrue(built.Parity.ToString());
        built.Parity.Reference.ShouldEndWith($"of '{source}'");
    }

    [SkippableFact]
    public void Two_profiles_that_allow_one_size_are_both_compared_at_it_and_items_alone()
    {
        GpuMachine.RequireBuilder();
        var built = UntypedModel.BuildEngine(Source(), Options(ModelPrecision.Float32, (1, 1, 1), (1, 4, 8)));
        built.Parity.ShouldNotBeNull().Passed.ShouldBeTrue(built.Parity.ToString());
        var sizes = built.Parity.Outputs.Select(output => output.Size).ToHashSet();
        foreach (var size in (string[])["batch=1", "batch=1, profile 2 of 2", "batch=8", "batch=8, item 7 alone"])
            sizes.ShouldContain(size);
    }

    [SkippableFact]
    public void An_engine_that_was_refused_is_not_built_again_by_a_load()
    {
        GpuMachine.RequireBuilder();
        // An exact tolerance, which no engine of other kernels than ONNX Runtime's holds.
        var options = Options(ModelPrecision.Float32, (1, 2, 4)) with
        {
            BuildPolicy = BuildPolicy.WhenMissing,
            AllowTf32 = true,
            Parity = new() { Tolerance = new() { Cosine = -1 } },
        };
        var source = Source();
        Refused().RefusedAt.ShouldBeNull();
        Refused().RefusedAt.ShouldNotBeNull();

        EngineParityException Refused() => Should.Throw<BackendUnavailableException>(() => UntypedModel.Load(
            source, ModelOptions.Require(BackendKind.TensorRT) with { TensorRT = options }))
            .InnerException.ShouldBeOfType<EngineParityException>();
    }

    private TensorRtOptions Options(ModelPrecision precision, params (int Least, int Best, int Most)[] batches) => new()
    {
        CacheFolder = _folder, OptimizationLevel = 2, Precision = precision,
        Profiles = [.. batches.Select(one => new TensorRtProfile { ["batch"] = (one.Least, one.Best, one.Most) })],
    };

    /// <summary>y = relu(x * w), float [batch, 64], with w in a file of its own.</summary>
    private string Source()
    {
        var weights = Enumerable.Range(0, Columns * Columns).Select(i => MathF.Sin(i)).ToArray();
        File.WriteAllBytes(Path.Combine(_folder, "net.data"), MemoryMarshal.AsBytes(weights.AsSpan()));
        var path = Path.Combine(_folder, "net.onnx");
        File.WriteAllBytes(path, new OnnxModelBuilder().Input("x", ElementType.Float, "batch", Columns)
            .Output("y", ElementType.Float, "batch", Columns)
            .ExternalInitializer("w", ElementType.Float, [Columns, Columns], "net.data", 0, sizeof(float) * weights.Length)
            .Node("MatMul", ["x", "w"], ["product"]).Node("Relu", ["product"], ["y"]).ToBytes());
        return path;
    }
}
