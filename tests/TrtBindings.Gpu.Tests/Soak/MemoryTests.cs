using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Soak;

/// <summary>The GPU's free memory stays what it is, however long a program runs.</summary>
public sealed class MemoryTests
{
    private const int Runs = 10_000;
    private const int Rounds = 200;
    private const int Settle = 300;
    private const int Most = 64;

    /// <summary>The driver takes memory in pieces of this size; one piece more is no trend.</summary>
    private const long Slack = 2 << 20;

    [SkippableFact]
    public void Device_memory_is_flat_over_10_000_runs_of_changing_shapes()
    {
        using var engine = ReadyEngine.Load("mnist_n1-64_fp32");
        using var inputs = engine.Model.CreateInputs(Most);
        using var outputs = engine.Model.CreateOutputs(Most);
        InputFormula.Fill(inputs.Tensors[0]);
        Run(Settle);
        var before = FreeBytes();
        Run(Runs);
        Report($"{Runs:N0} runs at batch 1 to {Most}", before - FreeBytes());

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                inputs.Resize((i * 7 % Most) + 1);
                engine.Model.Run(inputs, outputs);
            }
        }
    }

    [SkippableFact]
    public void Device_memory_is_flat_over_200_rounds_of_loading_and_disposing()
    {
        var entry = ReadyEngine.Require("mnist_n1-64_fp32");
        for (var i = 0; i < 10; i++) LoadRunDispose();
        var before = FreeBytes();
        for (var i = 0; i < Rounds; i++) LoadRunDispose();
        Report($"{Rounds} rounds of load, run, dispose", before - FreeBytes());

        void LoadRunDispose()
        {
            using var engine = ReadyEngine.Load(entry.Engine);
            using var inputs = engine.Model.CreateInputs(8);
            using var outputs = engine.Model.CreateOutputs(8);
            engine.Model.Run(inputs, outputs);
        }
    }

    private static void Report(string what, long grown) => FigureLog.Check("soak", $"device memory over {what}",
        $"{(grown > 0 ? "+" : "")}{FigureLog.MiB(grown)}", $"at most {FigureLog.MiB(Slack)} more", grown <= Slack);

    /// <summary>After giving back what pools keep, which is not what a leak takes.</summary>
    private static long FreeBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GpuMachine.Context.Synchronize();
        GpuMachine.Context.Allocator.Trim();
        return GpuMachine.Context.MemoryInfo().FreeBytes;
    }
}
