using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.TensorRT;
using TrtBindings.TestSupport.TensorRT;

namespace TrtBindings.Gpu.Tests;

/// <summary>
/// In a child: passes a library through the version gate and calls what a runtime of it has; of the full library also the
/// builder and the engine that it builds, where the builder resource is there.
/// </summary>
internal static class VersionGateChild
{
    /// <summary>Arguments: path of the library, and its kind (<c>full</c>, <c>lean</c>, <c>dispatch</c>).</summary>
    public static int Run(string[] arguments)
    {
        CallLog.Kind = arguments[1] == "full" ? "" : arguments[1];
        var context = GpuMachine.Context;
        using var scope = context.Enter();
        var library = TrtLibrary.Load(arguments[0]);
        var report = LibrarySmoke.Run(library, context);
        Console.WriteLine($"version {library.Version}");
        Console.WriteLine($"builder {library.HasBuilder}");
        if (arguments[1] == "full") LibrarySmoke.AskSiblings(library, GpuMachine.Installation, report);
        if (arguments[1] == "full" && GpuMachine.MissingBuilderResource(context.Device) is null) Build(library, report);
        foreach (var check in report) Console.WriteLine(check);
        Console.WriteLine($"checks {report.Count}");
        return report.Problems.Count;
    }

    private static void Build(TrtLibrary library, SmokeReport report)
    {
        var device = GpuMachine.Context.Device;
        var scratch = Directory.CreateTempSubdirectory("trtbindings-gpu-");
        var problem = library.UseBuilderResource(
            GpuMachine.Installation, device.ComputeMajor, device.ComputeMinor, scratch.FullName);
        scratch.Delete(recursive: true);
        report.True($"UseBuilderResource: {problem ?? "no problem"}", () => problem is null);
        if (BuilderSmoke.Run(library, report) is not { } plan) return;
        using var memory = new CudaSmokeMemory(GpuMachine.Context);
        EngineSmoke.Run(library, plan, memory, report, GpuMachine.Context);
        Console.WriteLine("built and run");
    }
}
