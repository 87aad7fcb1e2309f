using TrtBindings.TensorRT;
using TrtBindings.Tests.Interop;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.Tests.Interop.TensorRT.Fake;

namespace TrtBindings.Tests.Backends.TensorRT.Building;

/// <summary>Opening an engine of unknown origin in a separate process.</summary>
[Trait("Category", "Slow")]
public sealed class EngineProbeTests : IDisposable
{
    private const string Graph = "engine add\ninput x 0 batch,2\nnode Identity copy y x\noutput y\nprofile x=1,2/2,2/4,2";

    private readonly TrtStandIn _fake = new(10, 6);
    private readonly FakeDriver _driver = new();

    private static EngineProbeOptions Program => new()
    {
        Program = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        Arguments = [Path.Combine(Probe.Folder, "TrtBindings.Probe.dll")],
    };

    private ModelOptions Options => new()
    {
        TensorRT = new() { LibraryPath = _fake.Path, CudaLibraryPath = _driver.Path },
    };

    [SkippableFact]
    public async Task An_engine_that_opens_is_reported_with_its_tensors()
    {
        var report = await EngineProbe.CheckAsync(Save(Graph), Options, Program);
        report.TensorRtVersion.ShouldBe("10.6.0.7");
        report.GpuName.ShouldBe("Stand-in GPU 0");
        report.Tensors.ShouldBe(["Input x: Float [-1, 2]", "Output y: Float [-1, 2]"]);
    }

    [SkippableTheory]
    [InlineData("abort", "SIGABRT")]
    [InlineData("crash", "SIG")]
    public async Task An_engine_that_ends_its_process_is_an_error_here(string harm, string signal)
    {
        var engine = Save($"{Graph}\nharm {harm}");
        var error = await Should.ThrowAsync<EngineFileException>(() => EngineProbe.CheckAsync(engine, Options, Program));
        error.Path.ShouldBe(engine);
        error.Message.ShouldContain("crashed");
        error.Message.ShouldContain(signal);
        error.Message.ShouldContain("Do not load it");
    }

    [SkippableFact]
    public async Task An_engine_that_hangs_is_ended()
    {
        var probe = Program with { Timeout = TimeSpan.FromSeconds(3) };
        var error = await Should.ThrowAsync<EngineFileException>(
            () => EngineProbe.CheckAsync(Save($"{Graph}\nharm hang"), Options, probe));
        error.Message.ShouldContain("did not answer within 3 s");
    }

    [SkippableFact]
    public async Task What_TensorRT_refuses_is_an_error_with_its_words()
    {
        var path = Save(Graph);
        var bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 1;
        File.WriteAllBytes(path, bytes);
        var error = await Should.ThrowAsync<EngineFileException>(() => EngineProbe.CheckAsync(path, Options, Program));
        error.Message.ShouldContain("checksum failed");
        File.WriteAllText(path, "no engine");
        error = await Should.ThrowAsync<EngineFileException>(() => EngineProbe.CheckAsync(path, Options, Program));
        error.Message.ShouldContain("is not a TensorRT engine");
    }

    [SkippableFact]
    public async Task A_TensorRT_that_is_not_there_says_nothing_of_the_engine()
    {
        var nowhere = new ModelOptions { TensorRT = new() { LibraryPath = "/nowhere", CudaLibraryPath = _driver.Path } };
        var error = await Should.ThrowAsync<NativeLibraryException>(() => EngineProbe.CheckAsync(Save(Graph), nowhere, Program));
        error.Message.ShouldContain("/nowhere");
    }

    [SkippableFact]
    public async Task A_version_is_met_in_a_process_of_its_own()
    {
        (await EngineProbe.CheckTensorRtAsync(Options, Program)).TensorRtVersion.ShouldBe("10.6.0.7");
        using var later = new TrtStandIn(10, 8);
        // The vtables of 10.8 differ from 10.7's. The slot tables know that, so the calls work there too.
        var options = new ModelOptions { TensorRT = new() { LibraryPath = later.Path, CudaLibraryPath = _driver.Path } };
        (await EngineProbe.CheckTensorRtAsync(options, Program)).TensorRtVersion.ShouldBe("10.8.0.7");
    }

    /// <summary>Making a builder of the real library takes seconds, and whoever opens an engine needs none.</summary>
    [SkippableTheory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void A_builder_is_made_only_where_TensorRT_itself_is_met(bool withEngine, long builders)
    {
        ProbeChild.Run(new(withEngine ? Save(Graph) : null, Options)).Outcome.ShouldBe(ProbeOutcome.Works);
        _fake.Get("builders").ShouldBe(builders);
        _fake.ShouldBeClean("builder");
    }

    [SkippableFact]
    public async Task A_program_that_is_no_probe_is_told_so()
    {
        var probe = new EngineProbeOptions { Program = "/bin/true" };
        (await Should.ThrowAsync<EngineFileException>(() => EngineProbe.CheckAsync(Save(Graph), Options, probe)))
            .Message.ShouldContain("'/bin/true' is no probe program");
        probe = new() { Program = "/no/such/program" };
        (await Should.ThrowAsync<EngineFileException>(() => EngineProbe.CheckAsync(Save(Graph), Options, probe)))
            .Message.ShouldContain("cannot be started");
        // Starting the test host again would run the tests inside the tests.
        await Should.ThrowAsync<InvalidOperationException>(() => EngineProbe.CheckAsync(Save(Graph), Options));
    }

    [SkippableFact]
    public void An_ordinary_program_probes_with_itself()
    {
        var environment = new Dictionary<string, string>
        {
            ["TRTBINDINGS_TENSORRT"] = _fake.Path,
            ["LD_LIBRARY_PATH"] = Path.GetDirectoryName(_driver.Path)!,
        };
        var (exitCode, output, _) = Probe.Run(Probe.Folder, environment, "--probe", Save(Graph));
        output.ShouldBe("10.6.0.7 Input x: Float [-1, 2], Output y: Float [-1, 2]");
        exitCode.ShouldBe(0);
        (exitCode, output, _) = Probe.Run(Probe.Folder, environment, "--probe", Save($"{Graph}\nharm abort"));
        output.ShouldStartWith("EngineFileException");
        exitCode.ShouldBe(1);
    }

    [SkippableFact]
    public void A_request_survives_its_command_line()
    {
        var request = new ProbeRequest("/a b/é.engine", new()
        {
            Gpu = new() { Index = 2, Uuid = "GPU-1" },
            TensorRT = new() { LibraryPath = "/trt", PluginLibraries = ["/p=1.so", "/q.so"], VersionCompatible = true },
        });
        var read = ProbeRequest.Parse(request.ToArguments()).ShouldNotBeNull();
        read.Engine.ShouldBe(request.Engine);
        var options = read.Options.TensorRT;
        (read.Options.Gpu, options.LibraryPath, options.CudaLibraryPath, options.VersionCompatible)
            .ShouldBe((request.Options.Gpu, "/trt", null, true));
        options.PluginLibraries.ShouldBe(["/p=1.so", "/q.so"]);
        ProbeRequest.Parse(["--help"]).ShouldBeNull();
        ProbeRequest.Parse([]).ShouldBeNull();
    }

    [SkippableFact]
    public void An_answer_is_found_among_what_native_libraries_print()
    {
        var answer = new ProbeAnswer(ProbeOutcome.EngineRefused, "why\nnot", "10.6.0.26", "GPU", ["x", "y"]);
        var found = ProbeAnswer.Find($"[TRT] hello\n{answer.ToLine()}\r\nbye").ShouldNotBeNull();
        found.Text.ShouldBe("why not");
        found.Lines.ShouldBe(["x", "y"]);
        ProbeAnswer.Find("").ShouldBeNull();
        ProbeAnswer.Find("trtbindings-probe/1 not base64").ShouldBeNull();
        ProbeAnswer.Find("trtbindings-probe/1 QQ==").ShouldBeNull();
    }

    public void Dispose()
    {
        _fake.Dispose();
        _driver.Dispose();
    }

    private string Save(string graph)
    {
        var path = Path.Combine(_fake.Folder, $"{Guid.NewGuid():N}.engine");
        File.WriteAllBytes(path, _fake.Plan(graph));
        return path;
    }
}
