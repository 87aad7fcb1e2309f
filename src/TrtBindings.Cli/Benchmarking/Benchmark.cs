using System.Diagnostics;
using TrtBindings.Cli.Inputs;
using TrtBindings.Cli.Models;
using TrtBindings.Cli.Npy;
using TrtBindings.Cli.Nvml;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>Measures a loaded model at one size of the batch with one number of threads.</summary>
internal sealed class Benchmark(UntypedOnnxModel model, BenchSettings settings, double loadMilliseconds)
{
    /// <summary>Measures.</summary>
    /// <param name="sizes">Values of the dynamic dimensions.</param>
    /// <param name="batch">What counts as one item.</param>
    /// <param name="threads">Threads that run at the same time.</param>
    /// <param name="given">Inputs; null for made-up ones.</param>
    /// <param name="cancellation">Cancelled by Ctrl-C.</param>
    public async Task<BenchResult> RunAsync(
        long[] sizes, long batch, int threads, Dictionary<string, NpyArray>? given, CancellationToken cancellation)
    {
        var workers = new List<BenchWorker>();
        NvmlWatch? watch = null;
        try
        {
            for (var i = 0; i < threads; i++) workers.Add(NewWorker(sizes, given));
            RunAll(workers, worker => worker.WarmUp(settings.WarmUp, cancellation));
            var problem = "";
            if (model.Gpu is { } gpu) watch = NvmlWatch.TryStart(gpu.Uuid, out problem);
            var schedule = settings.Rate is { } rate
                ? new OpenSchedule(rate, Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 100),
                    Math.Max(BenchSettings.FewestRuns, (int)Math.Min(int.MaxValue / 2, rate * settings.Duration.TotalSeconds)),
                    BenchSettings.FewestRuns, 2 * settings.Duration)
                : null;
            var begin = Stopwatch.GetTimestamp();
            RunAll(workers, worker =>
            {
                if (schedule is null) worker.RunClosed(settings.Duration, cancellation);
                else worker.RunOpen(schedule, cancellation);
            });
            var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            var state = watch?.End();
            var (phases, noPhases) = await PhasesAsync(workers[0], cancellation).ConfigureAwait(false);
            return Result(workers, batch, seconds) with
            {
                Upload = phases?.Upload,
                Compute = phases?.Compute,
                Download = phases?.Download,
                Enqueue = phases?.Enqueue,
                State = state,
                StateProblem = problem.Length > 0 ? problem : null,
                LatestStartMilliseconds = schedule?.LatestStart.TotalMilliseconds,
                NotBegun = schedule is null ? null : schedule.Count - workers.Sum(worker => worker.Latencies.Count),
            } is var result ? result with { Warnings = [.. BenchWarnings.Of(result, settings), .. noPhases] }
                : throw new UnreachableException();
        }
        finally
        {
            watch?.Dispose();
            foreach (var worker in workers) worker.Dispose();
        }
    }

    private BenchWorker NewWorker(long[] sizes, Dictionary<string, NpyArray>? given)
    {
        var inputs = given is null ? model.AllocateInputs(sizes)
            : model.AllocateInputs(given.ToDictionary(one => one.Key, one => one.Value.Shape));
        InputFill.Fill(inputs, given ?? InputFill.Seeded(model.Signature, inputs, seed: 1));
        return new(model, inputs);
    }

    /// <summary>One worker runs on this thread: another one would be a thread that it waits for.</summary>
    private static void RunAll(List<BenchWorker> workers, Action<BenchWorker> run)
    {
        var failures = new List<Exception>();
        Thread[] threads =
        [
            .. workers.Skip(1).Select(worker => new Thread(() => Guarded(worker)) { IsBackground = true }),
        ];
        foreach (var thread in threads) thread.Start();
        Guarded(workers[0]);
        foreach (var thread in threads) thread.Join();
        if (failures.Count > 0) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures[0]);

        void Guarded(BenchWorker worker)
        {
            try
            {
                run(worker);
            }
            catch (Exception e)
            {
                lock (failures) failures.Add(e);
            }
        }
    }

    /// <summary>The parts of a run; a backend may refuse tensors in device memory, which the rest does not need.</summary>
    private async Task<(PhaseFigures? Phases, string[] Problem)> PhasesAsync(BenchWorker worker, CancellationToken cancellation)
    {
        if (model.Gpu is null) return (null, []);
        try
        {
            using var phases = new GpuPhases(model, worker);
            return (await phases.MeasureAsync(settings, cancellation).ConfigureAwait(false), []);
        }
        catch (TrtBindingsException e)
        {
            return (null, [$"The parts of a run could not be measured: {e.Message}"]);
        }
    }

    private BenchResult Result(List<BenchWorker> workers, long batch, double seconds)
    {
        var runs = workers.Sum(worker => worker.Latencies.Count);
        using var process = Process.GetCurrentProcess();
        return new()
        {
            Backend = model.Backend.ToString(),
            Parity = ParityWords.Of(model.Backend),
            Name = ModelOptionSet.WordOf(model.Backend.Kind),
            Gpu = model.Gpu?.Name,
            Batch = batch,
            Threads = workers.Count,
            Inputs = [.. workers[0].Inputs.Tensors.Select(
                tensor => $"{tensor.Name} {string.Join('x', tensor.Lengths.ToArray().Select(length => (long)length))}")],
            Runs = runs,
            LoadMilliseconds = loadMilliseconds,
            EndToEnd = Figures.Of(workers.SelectMany(worker => worker.Latencies.Milliseconds()))!,
            ItemsPerSecond = runs * batch / seconds,
            AllocatedBytesPerRun = (double)workers.Sum(worker => worker.AllocatedBytes) / runs,
            HostBytes = process.PeakWorkingSet64,
            GpuBytes = GpuBytes(),
        };
    }

    private long? GpuBytes()
    {
        // The CUDA provider does not tell.
        if (model.Gpu is null || model.Backend.Kind != BackendKind.TensorRT) return null;
        var use = model.Gpu.MemoryUse;
        return use.EngineBytes + use.ScratchBytes + use.TensorBytes;
    }
}
