using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>What the public options say to the backend, and which values they refuse at once.</summary>
public sealed class TensorRtOptionsTests
{
    private static readonly ModelSignature Fixed = new("f.onnx", default, default);

    [Theory]
    [InlineData(null, null, BuildPrecision.None, false)]
    [InlineData(ModelPrecision.Float16, null, BuildPrecision.Float16, false)]
    [InlineData(ModelPrecision.Float16, ModelPrecision.Float32, BuildPrecision.None, false)]
    [InlineData(null, ModelPrecision.BFloat16, BuildPrecision.BFloat16, false)]
    [InlineData(ModelPrecision.Float16, ModelPrecision.AsInModel, BuildPrecision.None, true)]
    [InlineData(null, ModelPrecision.Int8, BuildPrecision.Int8, false)]
    internal void The_precision_of_the_options_goes_before_that_of_the_item(
        ModelPrecision? item, ModelPrecision? option, BuildPrecision expected, bool typed)
    {
        var settings = Settings(new() { Precision = option }, new() { Precision = item });
        (settings.Precision, settings.StronglyTyped).ShouldBe((expected, typed));
    }

    [Fact]
    public void Quantization_in_the_model_allows_its_type_on_TensorRT_10_only()
    {
        var quantized = new ModelDescription { Operators = new([new("", "DequantizeLinear", 3)]) };
        PrecisionOf(weakTyping: true).ShouldBe(BuildPrecision.Int8);
        PrecisionOf(weakTyping: false).ShouldBe(BuildPrecision.None);

        BuildPrecision PrecisionOf(bool weakTyping) =>
            TensorRtSettings.Build(Fixed, quantized, ModelDeclaration.None, new(), weakTyping).Precision;
    }

    [Fact]
    public void Every_option_of_a_build_reaches_the_backend()
    {
        var settings = Settings(new()
        {
            AllowTf32 = true, WorkspaceBytes = 5, OptimizationLevel = 1, Refittable = true, StripWeights = true,
            VersionCompatible = true, HardwareCompatibility = HardwareCompatibility.AmpereAndNewer, CacheFolder = "/c",
            CacheSizeLimit = 7, UseTimingCache = false, PluginLibraries = ["p.so"],
        });
        (settings.Tf32, settings.WorkspaceBytes, settings.OptimizationLevel, settings.Refittable, settings.StripWeights)
            .ShouldBe((true, 5L, 1, true, true));
        (settings.VersionCompatible, settings.Portability, settings.CacheFolder, settings.CacheSizeLimit, settings.TimingCache)
            .ShouldBe((true, EnginePortability.AmpereAndNewer, "/c", 7L, false));
        settings.PluginLibraries.ShouldBe(["p.so"]);
        var options = new ModelOptions
        {
            Gpu = GpuDevice.WithUuid("GPU-1"),
            TensorRT = new()
            {
                MaxConcurrentRuns = 2, UseCudaGraphs = false, Stream = 9, LibraryPath = "/l", VersionCompatible = true,
            },
        };
        TensorRtSettings.Engine(options).ShouldBe(new EngineSettings(2, false, 9, null, AllowHostCode: true));
        var host = TensorRtSettings.Host(options);
        (host.LibraryPath, host.GpuUuid, host.GpuIndex).ShouldBe(("/l", "GPU-1", 0));
    }

    [Fact]
    public void Calibration_gets_the_shape_of_the_optimum_and_starts_anew_each_time()
    {
        var signature = new ModelSignature("d.onnx", new([new("x", ValueKind.Tensor, ElementType.Float,
            SymbolicShape.Of(Dimension.FromParameter("batch"), Dimension.Fixed(3)), "tensor(float)", "")]), default);
        var options = new TensorRtOptions
        {
            Precision = ModelPrecision.Int8, Calibration = new CountedSamples(), Profiles = [new() { ["batch"] = (1, 2, 8) }],
        };
        var declaration = ProfileResolver.Declaration(signature, options);
        var data = TensorRtSettings.Build(signature, new(), declaration, options, weakTyping: true).Calibration!;
        (data.Identity, data.BatchSize).ShouldBe(("counted 1", 2));
        for (var round = 0; round < 2; round++)
        {
            data.Batches().Select(batch => (batch["x"].Length, batch["x"].Span[0])).ToArray()
                .ShouldBe([(2 * 3 * sizeof(float), (byte)1), (2 * 3 * sizeof(float), (byte)2)]);
        }
    }

    private static BuildSettings Settings(TensorRtOptions options, ModelDeclaration? declaration = null) =>
        TensorRtSettings.Build(Fixed, new(), declaration ?? ModelDeclaration.None, options, weakTyping: true);

    private sealed class CountedSamples : ICalibrationSource
    {
        public string Identity => "counted 1";

        public int BatchCount => 2;

        public void Fill(int batch, string input, ReadOnlySpan<long> shape, Span<byte> elements)
        {
            (input, shape.Length, shape[0]).ShouldBe(("x", 2, 2L));
            elements[0].ShouldBe((byte)0);
            elements[0] = (byte)(batch + 1);
        }
    }
}
