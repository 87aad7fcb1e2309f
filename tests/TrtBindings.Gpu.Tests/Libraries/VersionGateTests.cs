using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Libraries;

/// <summary>
/// Real libraries through the version gate and asked what has known answers, each in a process of its own: two TensorRTs of one
/// major cannot share one.
/// </summary>
public sealed class VersionGateTests
{
    [SkippableFact]
    public void The_library_in_use_answers_as_its_tables_say()
    {
        GpuMachine.Require();
        Check(GpuMachine.Installation.Library, "full", "version 1");
    }

    [SkippableFact]
    public void The_builder_and_its_engine_answer_as_their_tables_say()
    {
        GpuMachine.RequireBuilder();
        Check(GpuMachine.Installation.Library, "full", "version 1").ShouldContain("built and run");
    }

    [SkippableFact]
    public void The_dispatch_runtime_of_10_15_passes_the_gate_and_answers()
    {
        GpuMachine.RequireGpu();
        var lines = Check(GpuData.RequireLibrary("tensorrt/10.15.1/libnvinfer_dispatch.so.10"), "dispatch", "version 10.15.1");
        lines.ShouldContain("builder False");
    }

    [SkippableFact]
    public void The_lean_runtime_of_11_4_passes_the_gate_and_answers()
    {
        GpuMachine.RequireGpu();
        var lines = Check(GpuData.RequireLibrary("tensorrt/11.4.0/libnvinfer_lean.so.11"), "lean", "version 11.4.0");
        lines.ShouldContain("builder False");
    }

    private static string[] Check(string library, string kind, string version)
    {
        var (code, output) = ChildProcess.Run("gate", library, kind);
        var lines = output.Split('\n');
        var said = lines.FirstOrDefault(line => line.StartsWith("version", StringComparison.Ordinal));
        var name = $"{Path.GetFileName(library)}, {said}";
        var wrong = lines.Where(line => line.StartsWith("wrong", StringComparison.Ordinal)).ToArray();
        FigureLog.Check("version gate", name, wrong.Length == 0
                ? $"{lines.LastOrDefault(line => line.StartsWith("checks", StringComparison.Ordinal))}, exit code {code}"
                : string.Join("; ", wrong),
            "all right", code == 0);
        lines.ShouldContain(line => line.StartsWith(version, StringComparison.Ordinal), output);
        return lines;
    }
}
