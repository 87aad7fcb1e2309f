using System.Diagnostics;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Interop;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Verdicts on refused engines with several processes, processes that are killed, and files that are damaged.</summary>
[Trait("Category", "Slow")]
public sealed class RefusedEngineFaultTests : IDisposable
{
    private const string Building = "Building an engine of";
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(2);

    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableTheory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{\"format\":1}")]
    [InlineData("half")]
    [InlineData("another form")]
    [InlineData("other parts")]
    [InlineData("another basis")]
    [InlineData("a value that is null")]
    public void A_damaged_or_foreign_verdict_counts_as_absent_and_is_written_anew(string fault)
    {
        _rig.Trt.Set("defect.scale", 1020);
        Refused();
        var path = Refusals.ShouldHaveSingleItem();
        var whole = File.ReadAllText(path);
        File.WriteAllText(path, fault switch
        {
            "half" => whole[..(whole.Length / 2)],
            "another form" => whole.Replace("\"format\": 1", "\"format\": 2"),
            "other parts" => whole.Replace("\"TF32\"", "\"TF33\"").Replace("option TF32", "option TF33"),
            "another basis" => whole.Replace("samples drawn", "samples of the application"),
            "a value that is null" => whole.Replace("\"model\": \"sha256", "\"model\": null, \"x\": \"sha256"),
            _ => fault,
        });
        File.ReadAllText(path).ShouldNotBe(whole);
        Refused().RefusedAt.ShouldBeNull();
        Refused().RefusedAt.ShouldNotBeNull();
        _rig.Trt.Get("builds").ShouldBe(2);
    }

    [SkippableFact]
    public void A_verdict_that_others_can_write_is_not_believed()
    {
        Skip.If(OperatingSystem.IsWindows(), "There a file inherits the permissions of its folder.");
        _rig.Trt.Set("defect.scale", 1020);
        Refused();
        var path = Refusals.ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);
        Refused().RefusedAt.ShouldBeNull();
        _rig.Trt.Get("builds").ShouldBe(2);
    }

    [SkippableFact]
    public void A_file_that_was_being_written_when_its_process_died_is_no_verdict_and_goes_with_the_next_engine()
    {
        _rig.Trt.Set("defect.scale", 1020);
        Refused();
        var path = Refusals.ShouldHaveSingleItem();
        var left = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}.tmp");
        File.Move(path, left);
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));
        Refused().RefusedAt.ShouldBeNull();
        _rig.Trt.Set("defect.scale", 0);
        UntypedModel.BuildEngine(Model(), Options()).WasBuilt.ShouldBeTrue();
        File.Exists(left).ShouldBeFalse();
    }

    [SkippableFact]
    public void A_verdict_that_nobody_met_for_long_goes_with_the_next_engine()
    {
        _rig.Trt.Set("defect.scale", 1020);
        Refused();
        var path = Refusals.ShouldHaveSingleItem();
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-80));
        // A load meets it.
        Refused().RefusedAt.ShouldNotBeNull();
        File.GetLastWriteTimeUtc(path).ShouldBeGreaterThan(DateTime.UtcNow.AddHours(-1));
        _rig.Trt.Set("defect.scale", 0);
        var other = Options() with { TensorRT = Options().TensorRT with { AllowTf32 = true } };
        UntypedModel.BuildEngine(Model(), other);
        File.Exists(path).ShouldBeTrue();
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-100));
        UntypedModel.BuildEngine(Model(), other with { TensorRT = other.TensorRT with { OptimizationLevel = 2 } });
        File.Exists(path).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Of_two_processes_one_builds_and_both_get_the_error()
    {
        _rig.Trt.Get("builds").ShouldBe(0);
        // Once: it writes the model, which the other process may be reading.
        var arguments = Arguments();
        var runs = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(
            () => Probe.Run(Probe.Folder, Environment(milliseconds: 100), arguments))));
        runs.ShouldAllBe(run => run.ExitCode == 1 && run.Output.Contains("Output 'plus'"));
        runs.Count(run => run.Errors.Contains(Building)).ShouldBe(1);
        runs.Count(run => run.Output.Contains("nothing was built now")).ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_process_that_is_killed_while_it_builds_leaves_no_verdict_and_no_lock()
    {
        var host = System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(host, [Path.Combine(Probe.Folder, "TrtBindings.Probe.dll"), .. Arguments()])
        {
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment(milliseconds: 20_000)) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        try
        {
            (await process.StandardError.ReadLineAsync().WaitAsync(Hang)).ShouldNotBeNull().ShouldContain(Building);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Hang);
        }

        Refusals.ShouldBeEmpty();
        var next = Probe.Run(Probe.Folder, Environment(milliseconds: 0), Arguments());
        next.Errors.ShouldContain(Building);
        next.Output.ShouldContain("Output 'plus'");
        var last = Probe.Run(Probe.Folder, Environment(milliseconds: 0), Arguments());
        last.Errors.ShouldNotContain(Building);
        last.Output.ShouldContain("nothing was built now");
    }

    private string[] Arguments() =>
        ["--load", Fixed(), Path.Combine(_rig.Folder, "cache"), _rig.Trt.Path, _rig.Driver.Path];

    private Dictionary<string, string> Environment(int milliseconds) => new()
    {
        ["FAKE_TRT_SET"] = $"defect.scale=1020,buildMilliseconds={milliseconds}", ["FAKE_TRT_CUDA"] = _rig.Driver.Path,
    };

    private string[] Refusals => Directory.GetFiles(Path.Combine(_rig.Folder, "cache"), "*.refused");

    private string Model() => ParityModel.Two().Save(_rig);

    private string Fixed() => new OnnxModelBuilder().Input("x", ElementType.Float, 2, 40).Output("plus", ElementType.Float, 2, 40)
        .Node("Relu", ["x"], ["plus"]).Save(_rig, "fixed.onnx");

    private ModelOptions Options() => _rig.With(options => options with
    {
        BuildPolicy = BuildPolicy.WhenMissing,
        Profiles = [new() { ["batch"] = (1, 2, 4) }],
        Parity = new() { LayerSearchBuilds = 0 },
    });

    private EngineParityException Refused() => Should.Throw<BackendUnavailableException>(
        () => UntypedModel.Load(Model(), Options())).InnerException.ShouldBeOfType<EngineParityException>();
}
