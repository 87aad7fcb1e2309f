using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Faults;

/// <summary>Engines of unknown origin in a process of their own: TensorRT itself does not see every damage in time.</summary>
public sealed class EngineProbeTests
{
    private const string Engine = "mnist_n1-64_fp32";
    private const int Flips = 6;

    /// <summary>Under dotnet test this process is the test host; the program lies beside this assembly.</summary>
    private static EngineProbeOptions Program => new()
    {
        Program = Path.Combine(AppContext.BaseDirectory, "TrtBindings.Gpu.Tests"),
    };

    [SkippableFact]
    public async Task An_engine_that_is_right_is_reported_with_its_tensors()
    {
        var entry = ReadyEngine.Require(Engine);
        var report = await EngineProbe.CheckAsync(entry.PlanPath(), null, Program);
        FigureLog.Report("faults", "probe of a good engine", $"{report.TensorRtVersion}: {string.Join("; ", report.Tensors)}");
        report.Tensors.Count.ShouldBe(2);
        report.Tensors[0].ShouldStartWith("Input ");
        (await EngineProbe.CheckTensorRtAsync(null, Program)).TensorRtVersion.ShouldBe(report.TensorRtVersion);
    }

    [SkippableFact]
    public async Task A_damaged_engine_harms_the_probe_process_at_most()
    {
        var entry = ReadyEngine.Require(Engine);
        using var witness = new Witness();
        var plan = await File.ReadAllBytesAsync(entry.PlanPath());
        var found = new List<string>();
        for (var i = 0; i < Flips; i++)
        {
            var path = Path.Combine(GpuData.Scratch(), $"{Guid.NewGuid():N}.plan");
            var damaged = plan.ToArray();
            var place = (int)((long)plan.Length * (2 * i + 1) / (2 * Flips));
            damaged[place] ^= 0x55;
            await File.WriteAllBytesAsync(path, damaged);
            var error = await Record.ExceptionAsync(() => EngineProbe.CheckAsync(path, null, Program));
            File.Delete(path);
            // A byte of the weights may be any byte: then the engine opens, and is another one.
            if (error is not null) error.ShouldBeOfType<EngineFileException>();
            found.Add($"byte {place}: {(error is null ? "opens" : error.Message.Replace(path, "x.plan"))}");
        }

        FigureLog.Report("faults", "probes of damaged engines", string.Join(" / ", found));
    }
}
