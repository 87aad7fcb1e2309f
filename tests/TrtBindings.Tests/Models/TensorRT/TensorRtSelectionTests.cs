namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Selection of TensorRT: when it runs a model, when it builds, and why it is rejected.</summary>
[Trait("Category", "Slow")]
public sealed class TensorRtSelectionTests : IDisposable
{
    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void Loading_builds_nothing_unasked_and_says_how_to_get_an_engine()
    {
        var error = Should.Throw<BackendUnavailableException>(() => DeclaredModel.Load(_rig.Options));
        error.Reason.ShouldContain("BuildEngine");
        error.Reason.ShouldContain("BuildPolicy.WhenMissing");
        using var model = DeclaredModel.Load(_rig.Options with { RequiredBackend = null });
        model.Backend.Kind.ShouldBe(BackendKind.OnnxRuntimeCpu);
        model.Backend.Rejected[0].ShouldBe(new(BackendKind.TensorRT, error.Reason));
        _rig.Log.Lines.ShouldContain(line => line.Contains("does not run on TensorRT: " + error.Reason));
        _rig.Trt.Get("builds").ShouldBe(0);
        // Without an engine TensorRT is not loaded at all.
        _rig.Trt.Get("live.runtime").ShouldBe(0);
    }

    [SkippableFact]
    public void A_built_engine_is_found_by_the_next_load_and_by_the_next_build()
    {
        var steps = new Steps();
        var built = DeclaredModel.BuildEngine(_rig.Options, steps);
        (built.WasBuilt, built.TensorRtVersion.Split('.')[0], File.Exists(built.Path)).ShouldBe((true, "10", true));
        built.ByteLength.ShouldBe(new FileInfo(built.Path).Length);
        steps.Percents.Last().ShouldBe(100);
        steps.Percents.ShouldBe(steps.Percents.Order());
        var again = DeclaredModel.BuildEngine(_rig.Options);
        (again.WasBuilt, again.Path).ShouldBe((false, built.Path));
        (built.Times is not null, again.Times is not null).ShouldBe((true, false));
        using var model = DeclaredModel.Load(_rig.Options);
        model.Backend.Kind.ShouldBe(BackendKind.TensorRT);
        model.Backend.LibraryPath.ShouldBe(_rig.Trt.Path);
        _rig.Trt.Get("builds").ShouldBe(1);
    }

    [SkippableFact]
    public void A_build_that_the_options_allow_is_told_before_and_during_it()
    {
        var steps = new Steps();
        using (DeclaredModel.Load(_rig.With(o => o with { BuildPolicy = BuildPolicy.WhenMissing, Progress = steps }))) { }
        _rig.Log.Lines.ShouldContain(line => line.Contains("Building an engine of"));
        steps.Percents.Last().ShouldBe(100);
        using (DeclaredModel.Load(_rig.Building)) { }
        _rig.Trt.Get("builds").ShouldBe(1);
    }

    [SkippableFact]
    public void Other_options_need_another_engine_and_the_miss_says_what_changed()
    {
        DeclaredModel.BuildEngine(_rig.Options);
        var error = Should.Throw<BackendUnavailableException>(
            () => DeclaredModel.Load(_rig.With(options => options with { AllowTf32 = true })));
        error.Reason.ShouldContain("TF32");
        error = Should.Throw<BackendUnavailableException>(() => DeclaredModel.Load(
            _rig.With(options => options with { Profiles = [new() { ["batch"] = (1, 1, 2) }] })));
        error.Reason.ShouldContain("profiles");
    }

    [SkippableFact]
    public void A_cancelled_build_leaves_nothing()
    {
        using var source = new CancellationTokenSource();
        var steps = new Steps { Each = _ => source.Cancel() };
        Should.Throw<OperationCanceledException>(() => DeclaredModel.BuildEngine(_rig.Options, steps, source.Token));
        Directory.GetFiles(_rig.Options.TensorRT.CacheFolder!, "*.engine").ShouldBeEmpty();
        DeclaredModel.BuildEngine(_rig.Options).WasBuilt.ShouldBeTrue();
    }

    [SkippableFact]
    public void A_build_that_fails_is_a_typed_error_and_the_CPU_takes_the_model()
    {
        _rig.Trt.Set("fail.build", -1);
        Should.Throw<EngineBuildException>(() => DeclaredModel.BuildEngine(_rig.Options));
        using var model = DeclaredModel.Load(_rig.Building with { RequiredBackend = null });
        model.Backend.Kind.ShouldBe(BackendKind.OnnxRuntimeCpu);
        model.Backend.Rejected[0].Reason.ShouldContain("cannot build an engine of");
    }

    [SkippableFact]
    public void Without_TensorRT_or_without_a_GPU_the_reason_names_what_is_missing()
    {
        var noLibrary = _rig.With(options => options with { LibraryPath = Path.Combine(_rig.Folder, "none") });
        Should.Throw<BackendUnavailableException>(() => DeclaredModel.Load(noLibrary))
            .InnerException.ShouldBeOfType<NativeLibraryException>();
        var noDriver = _rig.With(options => options with { CudaLibraryPath = Path.Combine(_rig.Folder, "libcuda.so.1") });
        Should.Throw<BackendUnavailableException>(() => DeclaredModel.Load(noDriver)).Reason.ShouldContain("driver");
        var noGpu = _rig.Options with { Gpu = GpuDevice.WithUuid("GPU-0123") };
        Should.Throw<BackendUnavailableException>(() => DeclaredModel.Load(noGpu)).Reason.ShouldContain("GPU-0123");
        using var model = DeclaredModel.Load(noGpu with { RequiredBackend = null });
        model.Backend.Kind.ShouldBe(BackendKind.OnnxRuntimeCpu);
    }

    [SkippableFact]
    public void A_GPU_is_found_by_its_UUID()
    {
        var uuid = _rig.Driver.Library.Devices[1].Uuid;
        using var model = DeclaredModel.Load(_rig.Building with { Gpu = GpuDevice.WithUuid(uuid) });
        model.Gpu!.Uuid.ShouldBe(uuid);
    }

    private sealed class Steps : IProgress<BuildProgress>
    {
        public List<double> Percents { get; } = [];

        public Action<BuildProgress>? Each { get; init; }

        public void Report(BuildProgress value)
        {
            lock (Percents) Percents.Add(value.Percent);
            Each?.Invoke(value);
        }
    }
}
