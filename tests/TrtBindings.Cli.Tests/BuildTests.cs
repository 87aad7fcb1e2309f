using System.Diagnostics;
using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Tests;

/// <summary><c>trtb build</c> with the stand-ins of TensorRT and CUDA, and without any.</summary>
[Trait("Category", "Slow")]
public sealed class BuildTests : IDisposable
{
    private readonly Models _models = new();
    private readonly PlantedMachine _machine = new();

    public void Dispose()
    {
        _machine.Dispose();
        _models.Dispose();
    }

    [SkippableFact]
    public void An_engine_is_built_once_and_then_found()
    {
        Plant();
        var copy = _models.PathOf("double.engine");
        var first = Build("--json", "-o", copy);
        first.ExitCode.ShouldBe(0, first.Error);
        first.Json.GetProperty("wasBuilt").GetBoolean().ShouldBeTrue();
        first.Json.GetProperty("profiles")[0].GetString().ShouldBe("batch=1..2..4");
        first.Json.GetProperty("parity").GetString()!.ShouldContain("within the tolerance");
        File.Exists(copy).ShouldBeTrue();
        var second = Build();
        second.ExitCode.ShouldBe(0, second.Error);
        second.Lines[0].ShouldStartWith("Reused: the cache has this engine");
    }

    [SkippableFact]
    public void A_refused_engine_names_the_layer_and_the_search_is_turned_off_by_an_option()
    {
        Plant();
        _machine.Set("FAKE_TRT_SET", "defect.scale=1020");
        var searched = Build();
        searched.ExitCode.ShouldNotBe(0);
        searched.Error.ShouldContain("The first layer that strays is");
        var plain = Build("--search-builds", "0");
        plain.Error.ShouldContain("does not answer as the reference does");
        plain.Error.ShouldNotContain("layer that strays");
        Build("--search-builds", "-1").Error.ShouldContain("--search-builds is -1, and must be at least 0");
        Build("--family", "Zebra").Error.ShouldContain("Zebra");
    }

    [SkippableFact]
    public void A_built_engine_is_compared_and_measured()
    {
        Plant();
        var engine = _models.PathOf("double.engine");
        Build("-o", engine).ExitCode.ShouldBe(0);
        var compared = _machine.Run("compare", _models.Double(), engine, "--batch", "1,4", "--json");
        compared.ExitCode.ShouldBe(0, compared.Error + compared.Output);
        compared.Json.GetProperty("other").GetProperty("backend").GetString()!.ShouldStartWith("TensorRT");
        var measured = _machine.Run("bench", engine, "--batch", "4", "--duration", "0.2", "--warm-up", "0", "--json");
        measured.ExitCode.ShouldBe(0, measured.Error + measured.Output);
        var result = measured.Json.GetProperty("results")[0];
        foreach (var part in (string[])["upload", "compute", "download", "enqueue"])
            result.GetProperty(part).GetProperty("median").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        // The stand-in is no GPU that nvidia-smi's library knows.
        result.GetProperty("stateProblem").GetString().ShouldNotBeNullOrEmpty();
    }

    [SkippableFact]
    public void The_verdict_on_an_engine_is_shown_by_every_command_that_runs_or_lists_it()
    {
        Plant();
        Build().Output.ShouldContain("within the tolerance");
        string[] where = ["--backend", "tensorrt", "--profile", "x=1x3:2x3:4x3", "--cache", _models.PathOf("cache")];
        var listed = _machine.Run("cache", "list", "--cache", _models.PathOf("cache"), "--json").Json.GetProperty("engines")[0];
        listed.GetProperty("parity").GetString()!.ShouldContain("within the tolerance");
        listed.GetProperty("verdict").GetString().ShouldBe("right");
        var input = Input();
        var run = _machine.Run(["run", _models.Double(), "--input", input, .. where]);
        run.ExitCode.ShouldBe(0, run.Error + run.Output);
        run.Output.ShouldContain("engine: compared with ONNX Runtime");
        var bench = _machine.Run(
            ["bench", _models.Double(), "--batch", "1", "--duration", "0.1", "--warm-up", "0", "--json", .. where]);
        bench.Json.GetProperty("results")[0].GetProperty("parity").GetString()!.ShouldContain("within the tolerance");

        // A copy elsewhere has lost its verdict, which is said.
        var engine = _models.PathOf("copy.engine");
        Build("-o", engine).ExitCode.ShouldBe(0);
        _machine.Run("run", engine, "--input", input).Output.ShouldContain("engine: not compared with ONNX Runtime");
        var processor = _machine.Run("run", _models.Double(), "--input", input, "--backend", "cpu", "--json");
        processor.Json.TryGetProperty("parity", out _).ShouldBeFalse();
    }

    [SkippableFact]
    public void A_refused_engine_is_listed_not_built_by_run_and_built_again_by_build()
    {
        Plant();
        _machine.Set("FAKE_TRT_SET", "defect.scale=1300");
        var cache = _models.PathOf("cache");
        Build().ShouldBeOneLine(1, "does not answer as the reference does");
        var refused = _machine.Run("cache", "list", "--cache", cache, "--json").Json.GetProperty("refused");
        refused.GetArrayLength().ShouldBe(1);
        refused[0].GetProperty("model").GetString().ShouldBe(_models.Double());
        _machine.Run("cache", "list", "--cache", cache).Output.ShouldContain("not built again by loads");
        var input = Input();
        string[] run = ["run", _models.Double(), "--input", input, "--backend", "tensorrt", "--profile", "x=1x3:2x3:4x3",
            "--cache", cache];
        _machine.Run(run).Error.ShouldContain("nothing was built now");
        _machine.Run("cache", "why", _models.Double(), "--profile", "x=1x3:2x3:4x3", "--cache", cache).Output
            .ReplaceLineEndings(" ").ShouldContain("one was built and refused");

        _machine.Set("FAKE_TRT_SET", "defect.scale=0");
        _machine.Run(run).Error.ShouldContain("nothing was built now");
        _machine.Run("cache", "clear", "--cache", cache, "--model", _models.Double(), "--yes").Output
            .ShouldContain("0 engines removed, 1 refused ones forgotten");
        _machine.Run(run).ExitCode.ShouldBe(0);
    }

    [SkippableFact]
    public void Ctrl_C_ends_a_build_and_leaves_nothing_half_written()
    {
        Plant();
        _machine.Set("FAKE_TRT_SET", "buildSteps=600,buildMilliseconds=50");
        var start = Interruptible.Of(
            Tool.StartOf(["build", _models.Double(), "--profile", "batch=1..2..4", "--cache", _models.PathOf("cache")]));
        start.RedirectStandardError = start.RedirectStandardOutput = true;
        foreach (var (name, value) in _machine.Variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        // TensorRT's first step is reported once the cache's folder is there.
        var watch = Stopwatch.StartNew();
        while (!Directory.Exists(_models.PathOf("cache")) && watch.Elapsed < TimeSpan.FromMinutes(1)) Thread.Sleep(20);
        Thread.Sleep(500);
        process.HasExited.ShouldBeFalse();
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();
        process.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue();
        process.ExitCode.ShouldBe(130);
        process.StandardError.ReadToEnd().ShouldContain("trtb: Cancelled.");
        Directory.EnumerateFiles(_models.PathOf("cache"), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [SkippableFact]
    public void Without_TensorRT_one_line_says_what_is_missing()
    {
        _machine.PlantDriver();
        Skip.If(Directory.Exists("/usr/lib/x86_64-linux-gnu")
            && Directory.GetFiles("/usr/lib/x86_64-linux-gnu", "libnvinfer.so*").Length > 0,
            "TensorRT is installed here.");
        Build().ShouldBeOneLine(3, "TensorRT");
    }

    [Fact]
    public void Profiles_that_do_not_fit_are_one_line()
    {
        var model = _models.Double();
        _machine.Run("build", model).ShouldBeOneLine(2, "dynamic dimensions (batch)");
        _machine.Run("build", model, "--profile", "width=3").ShouldBeOneLine(2, "'width'");
        _machine.Run("build", model, "--profile", "x=1x4:2x4:4x4").ShouldBeOneLine(2, "dimension 1, which is 3");
        _machine.Run("build", model, "--profile", "batch=4..2..1").ShouldBeOneLine(2, "minimum");
        _machine.Run("build", model, "--profile", "nonsense").ShouldBeOneLine(2, "is written as");
        _machine.Run("build", model, "--profile", "batch=1..2..4", "--level", "9").ShouldBeOneLine(2, "--level is 9");
        _machine.Run("build", model, "--precision", "fp7").ShouldBeOneLine(2, "fp7");
    }

    private string Input()
    {
        ArrayFiles.WriteOne(_models.PathOf("x.npy"), new(ElementType.Float, [1, 3], new byte[12]));
        return $"x={_models.PathOf("x.npy")}";
    }

    private Tool Build(params string[] arguments) => _machine.Run(
        ["build", _models.Double(), "--profile", "x=1x3:2x3:4x3", "--cache", _models.PathOf("cache"), .. arguments]);

    private void Plant()
    {
        _machine.PlantDriver();
        _machine.PlantTensorRt();
        _machine.Set("FAKE_TRT_CUDA", _machine.PathOf("libcuda.so.1"));
    }
}
