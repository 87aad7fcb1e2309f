using TrtBindings.TensorRT.Building;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Options reach TensorRT, or are refused before a build.</summary>
[Trait("Category", "Slow")]
public sealed class BuildOptionsTests
{
    private const long Tf32 = 1 << 6;

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(11)]
    public void TF32_is_off_unless_asked_for_and_nothing_else_is_set(int major)
    {
        using var rig = new BuildRig(major, 1);
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        Flags(rig, model, rig.Options).ShouldBe(0);
        rig.Fake.Get("built.workspace").ShouldBe(-1);
        rig.Fake.Get("built.level").ShouldBe(3);
        rig.Fake.Get("built.hardware").ShouldBe(0);
        Flags(rig, model, rig.Options with { AllowTf32 = true }).ShouldBe(Tf32);
    }

    [SkippableFact]
    public void Precision_is_flags_of_TensorRT_10()
    {
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        Flags(rig, model, rig.Options with { Precision = ModelPrecision.Float16 }).ShouldBe(1);
        Flags(rig, model, rig.Options with { Precision = ModelPrecision.Int8 }).ShouldBe(1 << 1);
        Flags(rig, model, rig.Options with { Precision = ModelPrecision.BFloat16 }).ShouldBe(1 << 17);
        Flags(rig, model, rig.Options with { Precision = ModelPrecision.AsInModel }).ShouldBe(0);
    }

    /// <summary>The overlap of large boxes is 0 in 16-bit floats, and every find came several times.</summary>
    [SkippableFact]
    public void A_graph_that_computes_overlaps_is_not_built_with_16_bit_floats()
    {
        using var rig = new BuildRig();
        var suppressing = rig.Save("rows.onnx", BuildModels.Rows("TopK", "Min", "Max", "Div", "Greater", "TopK"));
        rig.Options = rig.Options with { Precision = ModelPrecision.Float16 };
        Should.Throw<EngineBuildException>(() => rig.Build(suppressing)).Message
            .ShouldContain("the graph computes by itself which boxes overlap (TopK, Min, Max, Div and a comparison)");

        // The graph of Ultralytics' own end-to-end heads compares nothing.
        foreach (var model in (OnnxModelBuilder[])[BuildModels.Rows("TopK", "Div", "Mod"), BuildModels.Fixed()])
            BuildSupport.SuppressesBoxes(OnnxModelReader.Read(new MemoryStream(model.ToBytes()))).ShouldBeFalse();
        BuildSupport.OverlapProblem(ModelPrecision.Float32).ShouldBeNull();
    }

    [SkippableTheory]
    [InlineData(10, 6)]
    [InlineData(11, 1)]
    public void Every_other_option_reaches_the_build(int major, int minor)
    {
        using var rig = new BuildRig(major, minor);
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        var flags = Flags(rig, model, rig.Options with
        {
            WorkspaceBytes = 1 << 20,
            OptimizationLevel = 5,
            Refittable = true,
            StripWeights = true,
            VersionCompatible = true,
            HardwareCompatibility = HardwareCompatibility.AmpereAndNewer,
        });
        // REFIT, VERSION_COMPATIBLE, EXCLUDE_LEAN_RUNTIME, STRIP_PLAN. The last three have other numbers in 11.
        flags.ShouldBe(major == 10 ? 1 << 4 | 1 << 13 | 1 << 14 | 1 << 19 : 1 << 4 | 1 << 12 | 1 << 13 | 1 << 18);
        rig.Fake.Get("built.workspace").ShouldBe(1 << 20);
        rig.Fake.Get("built.level").ShouldBe(5);
        rig.Fake.Get("built.hardware").ShouldBe(1);
    }

    [SkippableFact]
    public void A_version_compatible_engine_comes_without_its_runtime_where_that_is_not_installed_and_says_so()
    {
        const long VersionCompatible = 1 << 13;
        using var rig = new BuildRig();
        var model = rig.Save("m.onnx", BuildModels.Fixed());
        var asked = rig.Options with { VersionCompatible = true };
        Flags(rig, model, asked).ShouldBe(VersionCompatible | 1 << 14);
        rig.Log.Lines[0].ShouldContain($"libnvinfer_lean.so.10 is not in '{rig.Fake.Folder}'");
        EngineStore.Find(rig.Recipe(model), out _, default).ShouldNotBeNull().Dispose();

        File.WriteAllText(Path.Combine(rig.Fake.Folder, "libnvinfer_lean.so.10"), "");
        Flags(rig, model, asked).ShouldBe(VersionCompatible);
        rig.Log.Starts[1].ShouldContain("option version-compatible was without runtime, is on");
    }

    [SkippableFact]
    public void TensorRT_11_says_that_precision_is_the_models_before_it_builds()
    {
        using var rig = new BuildRig(11, 1);
        rig.Options = rig.Options with { Precision = ModelPrecision.Float16 };
        rig.Refused(rig.Save("m.onnx", BuildModels.Fixed())).Message
            .ShouldContain("TensorRT 11 cannot be asked for the precision Float16: it computes in the model's own types");
        rig.Fake.Get("builds").ShouldBe(0);
    }

    [Fact]
    public void What_a_version_or_GPU_does_not_have_is_said_with_the_fix()
    {
        Problem(new()).ShouldBeNull();
        Problem(new() { Precision = ModelPrecision.Int8, Calibration = new NoData() }).ShouldBeNull();
        Problem(new() { Calibration = new NoData() }, major: 11).ShouldContain("TensorRT 11 has no calibration");
        Problem(new() { Calibration = new NoData() }).ShouldContain("Set Precision to Int8");
        Problem(new() { HardwareCompatibility = HardwareCompatibility.SameComputeCapability }, minor: 8).ShouldContain("10.9");
        Problem(new() { HardwareCompatibility = HardwareCompatibility.SameComputeCapability }, minor: 9).ShouldBeNull();
        Problem(new() { HardwareCompatibility = HardwareCompatibility.SameComputeCapability }, major: 11, minor: 0)
            .ShouldBeNull();
        Problem(new() { HardwareCompatibility = HardwareCompatibility.AmpereAndNewer }, gpu: (7, 5))
            .ShouldContain("8.0 or later, and this one has 7.5");
        Problem(new() { Precision = ModelPrecision.BFloat16 }, gpu: (7, 5)).ShouldContain("BFloat16 needs");
        Problem(new() { Precision = ModelPrecision.Float8 }, gpu: (8, 6)).ShouldContain("8.9 or later");
    }

    private static string Problem(
        TensorRtOptions options, int major = 10, int minor = 16, (int Major, int Minor)? gpu = null) =>
        BuildSupport.Problem(options, options.Precision ?? ModelPrecision.Float32, new(major, minor, 0), gpu ?? (9, 0))!;

    private static long Flags(BuildRig rig, ModelSource model, TensorRtOptions options)
    {
        rig.Options = options;
        rig.Build(model);
        return rig.Fake.Get("built.flags");
    }

    private sealed class NoData : ICalibrationSource
    {
        public string Identity => "none";

        public int BatchCount => 0;

        public void Fill(int batch, string input, ReadOnlySpan<long> shape, Span<byte> elements)
        {
        }
    }
}
