using TrtBindings.Interop.TensorRT.Raw;
using TrtBindings.TensorRT.Host;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.Tests.Backends.TensorRT.Running;

/// <summary>One TensorRT on one GPU for the process.</summary>
[Trait("Category", "Slow")]
public sealed class HostTests
{
    [SkippableFact]
    public void There_is_one_host_for_a_library_and_a_GPU()
    {
        using var stand = new GpuStandIns();
        var host = TensorRtHost.Open(stand.HostSettings);
        TensorRtHost.Open(stand.HostSettings).ShouldBe(host);
        TensorRtHost.Open(stand.HostSettings with { LibraryPath = null }).ShouldBe(host);
        TensorRtHost.Open(stand.HostSettings with { LibraryPath = stand.Trt.Folder }).ShouldBe(host);
        TensorRtHost.Open(stand.HostSettings with { GpuUuid = host.Context.Device.Uuid, GpuIndex = 1 }).ShouldBe(host);
        var second = TensorRtHost.Open(stand.HostSettings with { GpuIndex = 1 });
        second.ShouldNotBe(host);
        second.Library.ShouldBe(host.Library);
        (host.GpuName, host.ComputeCapability).ShouldBe((host.Context.Device.Name, (8, 6)));
        host.Installation.Library.ShouldBe(stand.Trt.Path);
        Should.Throw<CudaException>(() => TensorRtHost.Open(stand.HostSettings with { GpuIndex = 7 }))
            .Message.ShouldContain("There is no GPU with index 7");
    }

    [SkippableFact]
    public void A_second_TensorRT_beside_the_first_is_refused()
    {
        using var stand = new GpuStandIns();
        using var other = new GpuStandIns(10, 8);
        TensorRtHost.Open(stand.HostSettings);
        var error = Should.Throw<NativeLibraryException>(
            () => TensorRtHost.Open(stand.HostSettings with { LibraryPath = other.Trt.Path }));
        error.Message.ShouldContain($"'{other.Trt.Path}' cannot be used: this process uses TensorRT 10.16.0.7");
        error.Message.ShouldContain("Give all models the same TensorRtOptions.LibraryPath");
        File.CreateSymbolicLink(Path.Combine(other.Trt.Folder, "libnvinfer.so.11"), stand.Trt.Path);
        TensorRtHost.Open(stand.HostSettings with { LibraryPath = Path.Combine(other.Trt.Folder, "libnvinfer.so.11") })
            .ShouldBe(stand.Host);
    }

    [SkippableFact]
    public void A_library_that_is_not_there_or_is_none_is_a_typed_error()
    {
        using var stand = new GpuStandIns();
        Should.Throw<NativeLibraryException>(() => TensorRtHost.Open(stand.HostSettings with { LibraryPath = "/no/such/file" }));
        Should.Throw<NativeLibraryException>(
            () => TensorRtHost.Open(stand.HostSettings with { LibraryPath = stand.Driver.Path }))
            .Message.ShouldContain("it is not TensorRT's libnvinfer");
        Should.Throw<NativeLibraryException>(
            () => TensorRtHost.Open(stand.HostSettings with { PluginLibraries = ["/no/such/plugins.so"] }))
            .Message.ShouldContain("Correct TensorRtOptions.PluginLibraries.");
        TensorRtHost.Open(stand.HostSettings).Library.Version.Major.ShouldBe(10);
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
            var engine = stand.Open(Engines.Add, Engines.AddSignature, new EngineSettings(Logger: log));
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
        using (stand.Open(Engines.Add, Engines.AddSignature, new EngineSettings(Logger: log)))
            log.Lines.ShouldContain(line => line.StartsWith("Warning: Plug-ins of TensorRT are not there"));
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
        using var engine = stand.Open(Engines.Add, Engines.AddSignature, new EngineSettings(Logger: first));
        stand.Open(Engines.Add, Engines.AddSignature, new EngineSettings(Logger: second)).Dispose();
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
}
