using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>A process has one TensorRT on each GPU.</summary>
[Trait("Category", "Slow")]
public sealed class HostTests
{
    [SkippableFact]
    public void There_is_one_host_for_a_library_and_a_GPU()
    {
        using var stand = new GpuStandIns();
        var host = TensorRtHost.Open(stand.Options);
        TensorRtHost.Open(stand.Options).ShouldBe(host);
        TensorRtHost.Open(With(stand, options => options.LibraryPath = null)).ShouldBe(host);
        TensorRtHost.Open(With(stand, options => options.LibraryPath = stand.Trt.Folder)).ShouldBe(host);
        TensorRtHost.Open(stand.Options with { Gpu = new() { Index = 1, Uuid = host.Context.Device.Uuid } }).ShouldBe(host);
        var second = TensorRtHost.Open(stand.Options with { Gpu = GpuDevice.At(1) });
        second.ShouldNotBe(host);
        second.Library.ShouldBe(host.Library);
        (host.GpuName, host.ComputeCapability).ShouldBe((host.Context.Device.Name, (8, 6)));
        host.Installation.Library.ShouldBe(stand.Trt.Path);
        Should.Throw<CudaException>(() => TensorRtHost.Open(stand.Options with { Gpu = GpuDevice.At(7) }))
            .Message.ShouldContain("There is no GPU with index 7");
    }

    [SkippableFact]
    public void A_second_TensorRT_beside_the_first_is_refused()
    {
        using var stand = new GpuStandIns();
        using var other = new GpuStandIns(10, 8);
        TensorRtHost.Open(stand.Options);
        var error = Should.Throw<NativeLibraryException>(
            () => TensorRtHost.Open(With(stand, options => options.LibraryPath = other.Trt.Path)));
        error.Message.ShouldContain($"'{other.Trt.Path}' cannot be used: this process uses TensorRT 10.16.0.7");
        error.Message.ShouldContain("Give all models the same TensorRtOptions.LibraryPath");
        File.CreateSymbolicLink(Path.Combine(other.Trt.Folder, "libnvinfer.so.11"), stand.Trt.Path);
        TensorRtHost.Open(With(stand, options => options.LibraryPath = Path.Combine(other.Trt.Folder, "libnvinfer.so.11")))
            .ShouldBe(stand.Host);
    }

    [SkippableFact]
    public void A_library_that_is_not_there_or_is_none_is_a_typed_error()
    {
        using var stand = new GpuStandIns();
        Should.Throw<NativeLibraryException>(
            () => TensorRtHost.Open(With(stand, options => options.LibraryPath = "/no/such/file")));
        Should.Throw<NativeLibraryException>(
            () => TensorRtHost.Open(With(stand, options => options.LibraryPath = stand.Driver.Path)))
            .Message.ShouldContain("it is not TensorRT's libnvinfer");
        Should.Throw<NativeLibraryException>(
            () => TensorRtHost.Open(With(stand, options => options.PluginLibraries.Add("/no/such/plugins.so"))))
            .Message.ShouldContain("Correct TensorRtOptions.PluginLibraries.");
        TensorRtHost.Open(stand.Options).Library.Version.Major.ShouldBe(10);
    }

    [SkippableFact]
    public void The_logger_of_a_model_that_nobody_disposes_is_let_go()
    {
        using var stand = new GpuStandIns();
        var log = new LogLines();
        Forget();
        log.Lines.Count(line => line.EndsWith("while it was there")).ShouldBe(1);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Say("when it was gone");
        log.Lines.ShouldNotContain(line => line.EndsWith("when it was gone"));

        void Say(string line) => stand.Host.Library.Logger.Sink!(TrtSeverity.Warning, line);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        void Forget()
        {
            var engine = stand.Open(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: log));
            Say("while it was there");
            GC.KeepAlive(engine);
        }
    }

    [SkippableFact]
    public void Broken_plug_ins_are_said_and_stop_no_engine_without_them()
    {
        using var stand = new GpuStandIns();
        File.Copy(stand.Driver.Path, Path.Combine(stand.Trt.Folder, "libnvinfer_plugin.so.10"));
        stand.Host.PluginProblem.ShouldNotBeNull().ShouldContain("does not export initLibNvInferPlugins");
        var log = new LogLines();
        using (stand.Open(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: log)))
            log.Lines.ShouldContain(line => line.StartsWith("Warning: TensorRT's plug-ins cannot be used"));
        var plan = stand.Trt.Plan(Engines.Add);
        plan[^3] ^= 1;
        using var damaged = GpuStandIns.Read(plan);
        Should.Throw<EngineFileException>(() => stand.Open(damaged, Engines.AddSignature))
            .Message.ShouldContain("NVIDIA's plug-ins are not loaded");
    }

    [SkippableFact]
    public void TensorRT_s_lines_reach_the_loggers_of_open_engines()
    {
        using var stand = new GpuStandIns();
        var (first, second) = (new LogLines(), new LogLines());
        using var engine = stand.Open(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: first));
        stand.Open(Engines.Add, Engines.AddSignature, GpuStandIns.With(log: second)).Dispose();
        stand.Host.Library.Logger.Sink!(TrtSeverity.Warning, "a line");
        first.Lines.ShouldContain("Warning: TensorRT: a line");
        second.Lines.ShouldNotContain("Warning: TensorRT: a line");
    }

    [SkippableFact]
    public void The_system_s_loader_answers_full_paths()
    {
        using var stand = new GpuStandIns();
        HostLibraries.AskSystem(stand.Trt.Path).ShouldBe(stand.Trt.Path);
        HostLibraries.AskSystem(stand.Driver.Path).ShouldBeNull();
        HostLibraries.AskSystem("libtrtbindings-none.so.1").ShouldBeNull();
    }

    private static ModelOptions With(GpuStandIns stand, Action<TensorRtOptions> change)
    {
        var options = stand.Options;
        change(options.TensorRT);
        return options;
    }
}
