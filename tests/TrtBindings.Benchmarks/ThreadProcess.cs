using System.Diagnostics;
using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>Models of several threads, in a process that begins with a shared pool or without one.</summary>
internal static class ThreadProcess
{
    private const int Models = 8;
    private const int Calls = 60;
    private const int Side = 192;

    /// <summary>Prints threads that the models started, milliseconds of processor time a call, and milliseconds a call.</summary>
    public static int Run(string pool, string spinning)
    {
        var options = new ModelOptions
        {
            SharedThreads = pool == "shared" ? Environment.ProcessorCount : null, AllowSpinning = spinning == "spin",
        };
        using var process = Process.GetCurrentProcess();
        UntypedModel.Load(IdentityModel.Bytes, options).Dispose();
        process.Refresh();
        var before = process.Threads.Count;
        UntypedModel[] models = [.. Enumerable.Range(0, Models).Select(_ => UntypedModel.Load(Product(), options))];
        process.Refresh();
        var threads = process.Threads.Count - before;
        var inputs = Array.ConvertAll(models, model => model.CreateInputs());
        var outputs = Array.ConvertAll(models, model => model.CreateOutputs());
        for (var i = 0; i < 2 * Models; i++) models[i % Models].Run(inputs[i % Models], outputs[i % Models]);
        var times = new double[Calls];
        var processor = process.TotalProcessorTime;
        for (var i = 0; i < Calls; i++)
        {
            // A camera's pace: the threads are idle between calls.
            Thread.Sleep(20);
            var started = Stopwatch.GetTimestamp();
            models[i % Models].Run(inputs[i % Models], outputs[i % Models]);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        process.Refresh();
        ChildProcess.Answer(threads, (process.TotalProcessorTime - processor).TotalMilliseconds / Calls, Median.Of(times));
        return 0;
    }

    /// <summary>A product of two matrices, enough work for two threads.</summary>
    private static byte[] Product() => new OnnxModelBuilder()
        .Input("in", ElementType.Float, Side, Side)
        .Node("MatMul", ["in", "in"], ["out"])
        .Output("out", ElementType.Float, Side, Side)
        .ToBytes();
}
