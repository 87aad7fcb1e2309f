using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Libraries;

/// <summary>Runtimes of other versions, each in a process of its own: two TensorRTs of one major cannot share one.</summary>
public sealed class VersionGateTests
{
    [SkippableFact]
    public void The_dispatch_runtime_of_10_15_passes_the_gate_and_its_runtime_answers() =>
        Check("tensorrt/10.15.1/libnvinfer_dispatch.so.10", "dispatch", "version 10.15.1");

    [SkippableFact]
    public void The_lean_runtime_of_11_4_passes_the_gate_and_its_runtime_answers() =>
        Check("tensorrt/11.4.0/libnvinfer_lean.so.11", "lean", "version 11.4.0");

    private static void Check(string library, string kind, string version)
    {
        GpuMachine.RequireGpu();
        var (code, output) = ChildProcess.Run("gate", GpuData.RequireLibrary(library), kind);
        code.ShouldBe(0, output);
        var lines = output.Split('\n');
        lines.ShouldContain(line => line.StartsWith(version, StringComparison.Ordinal), output);
        lines.ShouldContain("builder False", output);
        lines.ShouldContain("threads 3", output);
        lines.ShouldContain("hostCode True", output);
        lines.ShouldContain("hostCode False", output);
        lines.ShouldContain(line => line.StartsWith("refused True", StringComparison.Ordinal), output);
        lines.ShouldContain("logged True", output);
    }
}
