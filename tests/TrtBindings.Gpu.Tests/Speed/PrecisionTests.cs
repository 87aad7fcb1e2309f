using System.Diagnostics;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Speed;

/// <summary>FP32 against FP16: time and device memory.</summary>
public sealed class PrecisionTests
{
    private const int WarmUpRuns = 20;
    private const int TimedRuns = 200;

    [SkippableTheory]
    [InlineData("unet_n1-16", 16)]
    [InlineData("scrfd500m_hw", 640)]
    public void Time_and_memory_of_both_precisions_are_reported(string model, long size)
    {
        foreach (var precision in (string[])["fp32", "fp16"])
        {
            using var engine = ReadyEngine.Load($"{model}_{precision}");
            using var inputs = engine.Model.CreateInputsOfSize(size);
            using var outputs = engine.Model.CreateOutputsOfSize(size);
            InputFormula.Fill(inputs.Tensors[0]);
            OnDevice.Move(engine.Model, inputs, outputs);
            for (var i = 0; i < WarmUpRuns; i++) engine.Model.Run(inputs, outputs);
            var times = new double[TimedRuns];
            for (var i = 0; i < TimedRuns; i++)
            {
                var start = Stopwatch.GetTimestamp();
                engine.Model.Run(inputs, outputs);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            var memory = engine.Model.Gpu!.MemoryUse;
            var what = $"{model} at {string.Join('x', inputs.Tensors[0].Lengths.ToArray())}, {precision}";
            FigureLog.Report("FP32 against FP16", $"{what}: median run, tensors on the device",
                FigureLog.Text(Statistics.Median(times), "ms", 3));
            FigureLog.Report("FP32 against FP16", $"{what}: device memory",
                $"{FigureLog.MiB(memory.EngineBytes)} engine, {FigureLog.MiB(memory.ScratchBytes)} scratch");
        }
    }
}
