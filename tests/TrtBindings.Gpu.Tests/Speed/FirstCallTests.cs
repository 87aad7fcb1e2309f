using System.Diagnostics;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Speed;

/// <summary>What the first call costs, and that warming up pays it before.</summary>
public sealed class FirstCallTests
{
    private const string Group = "first calls";
    private const int Calls = 300;
    private const int Models = 9;
    private const int PauseMilliseconds = 20;
    private const double MostAfterWarmUp = 1.2;

    [SkippableFact]
    public void The_first_calls_and_the_steady_ones_are_reported_and_warming_up_takes_the_first_call_s_place()
    {
        var entry = ReadyEngine.Require("unet_n1-16_fp32");
        Report("without WarmUp", Times(entry, warmUp: false));
        var warm = Enumerable.Range(0, Models).Select(_ => Times(entry, warmUp: true)).ToArray();
        Report("after WarmUp", warm[0]);
        var ratio = Statistics.Median(warm.Select(times => times[0] / Steady(times)));
        FigureLog.Check(Group, $"first call after WarmUp, in parts of the steady median (median of {Models} models)",
            FigureLog.Text(ratio, ""), "at most 1.2", ratio <= MostAfterWarmUp);
    }

    /// <summary>A model of its own: another would have warmed the GPU's code already.</summary>
    private static double[] Times(ManifestEngine entry, bool warmUp)
    {
        using var model = Filter.LoadEngine(entry.PlanPath(), ReadyEngine.Options(entry));
        if (warmUp) model.WarmUp(n: 4);
        using var inputs = model.AllocateInputs(n: 4);
        using var outputs = model.AllocateOutputs(n: 4);
        InputFormula.Fill(inputs.Tensors[0]);
        var times = new double[Calls];
        for (var i = 0; i < Calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            model.Run(inputs, outputs);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        if (!warmUp) return times;
        // A GPU that had nothing to do takes longer for what comes next: that is no cost of a first call.
        double[] paused = new double[10];
        for (var i = 0; i < paused.Length; i++)
        {
            Thread.Sleep(PauseMilliseconds);
            var start = Stopwatch.GetTimestamp();
            model.Run(inputs, outputs);
            paused[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        FigureLog.Report(Group, $"unet FP32, batch 4, a call after {PauseMilliseconds} ms of rest",
            $"{Statistics.Median(paused):F3} ms");
        return times;
    }

    private static double Steady(double[] times) => Statistics.Median(times.Skip(100));

    private static void Report(string what, double[] times) => FigureLog.Report(Group, $"unet FP32, batch 4, {what}",
        $"first {times[0]:F3} ms, calls 2 to 10 {times.Skip(1).Take(9).Max():F3} ms at most, steady {Steady(times):F3} ms");
}
