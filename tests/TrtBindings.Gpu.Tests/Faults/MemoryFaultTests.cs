using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu.Tests.Faults;

/// <summary>The GPU's memory is used up, and later there again.</summary>
public sealed class MemoryFaultTests
{
    private const long First = 64L << 30;
    private const long Least = 1 << 20;

    [SkippableFact]
    public void Without_device_memory_loading_is_a_typed_error_and_loaded_models_go_on()
    {
        var entry = ReadyEngine.Require("scrfd500m_hw_fp32");
        using var witness = new Witness();
        var taken = new List<DeviceMemory>();
        try
        {
            TakeAll(taken);
            var error = Record.Exception(() =>
            {
                using var engine = ReadyEngine.Load(entry.Engine);
                using var inputs = engine.Model.CreateInputs(1280, 1280);
                using var outputs = engine.Model.CreateOutputs();
                engine.Model.Run(inputs, outputs);
            });
            FigureLog.Report("faults", "out of device memory", $"{error?.GetType().Name}: {error?.Message}");
            error.ShouldBeAssignableTo<TrtBindingsException>();
            var typed = error as DeviceMemoryException ?? error!.InnerException as DeviceMemoryException;
            typed.ShouldNotBeNull($"{error} does not come from a DeviceMemoryException");
            witness.ShouldBeRight();
        }
        finally
        {
            foreach (var memory in taken) memory.Dispose();
            GpuMachine.Context.Synchronize();
            GpuMachine.Context.Allocator.Trim();
        }

        using var again = ReadyEngine.Load(entry.Engine);
        again.Model.Backend.Kind.ShouldBe(BackendKind.TensorRT);
    }

    /// <summary>Takes pieces, ever smaller, until the driver has none of the least size.</summary>
    private static void TakeAll(List<DeviceMemory> taken)
    {
        var context = GpuMachine.Context;
        for (var size = First; size >= Least;)
        {
            try
            {
                taken.Add(context.Allocator.Allocate((nint)size));
            }
            catch (DeviceMemoryException)
            {
                size /= 2;
            }
        }
    }
}
