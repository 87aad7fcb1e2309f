using System.Runtime.InteropServices;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Gpu.Tests;

/// <summary>Says what everything else was measured on.</summary>
public sealed class MachineTests
{
    [SkippableFact]
    public void The_machine_has_a_GPU_and_TensorRT()
    {
        GpuMachine.Require();
        var device = GpuMachine.Cuda.DeviceAt(0);
        var library = TrtLibrary.Load(GpuMachine.Installation.Library);
        Report("date", DateTime.UtcNow.ToString("yyyy-MM-dd"));
        Report("GPU", $"{device.Name}, compute capability {device.ComputeCapability}, {FigureLog.MiB(device.TotalBytes)}");
        Report("GPUs", $"{GpuMachine.Cuda.Devices.Count}");
        Report("CUDA", $"{GpuMachine.Cuda.Version} (driver)");
        Report("TensorRT", $"{library.Version}");
        Report("parser, plug-ins", $"{Said(GpuMachine.Installation.Parser)}, {Said(GpuMachine.Installation.Plugins)}");
        Report("builder resource", GpuMachine.MissingBuilderResource(device) is null ? "there" : "not there: builds are not run");
        Report("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, "
            + $"{Environment.ProcessorCount} processors");
        library.Version.Major.ShouldBeInRange(10, 11);

        static void Report(string name, string value) => FigureLog.Report(MarkdownReport.Machine, name, value);
        static string Said(string? path) => path is null ? "not there" : "there";
    }
}
