using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Gpu.Tests.Soak;

namespace TrtBindings.Gpu.Tests.CudaProvider;

/// <summary>Many threads and many runs on the CUDA provider.</summary>
public sealed class CudaSoakTests
{
    private const int Threads = 8;
    private const int RunsOfAThread = 100;
    private const int SoakRuns = 3000;
    private const int SoakRounds = 30;
    private const int MostDigits = 16;

    [SkippableFact]
    public void Eight_threads_share_a_model_under_forced_collections()
    {
        OnCuda.Require();
        using var model = DigitsVit.Load(OnCuda.Options);
        var alone = Enumerable.Range(0, MostDigits).Select(seed => CudaValues.Single(model, seed)).ToArray();
        var (problems, _) = ThreadSoak.Run(Threads, Collect, Work);
        OnCuda.Check($"{Threads} threads, {RunsOfAThread} runs each of batches of 1 to {MostDigits}", $"{problems.Count} errors"
            + (problems.TryPeek(out var first) ? $", the first: {first.Message}" : ""), "0 errors", problems.IsEmpty);

        void Work(int number)
        {
            using var inputs = model.AllocateInputs(MostDigits);
            using var outputs = model.AllocateOutputs(MostDigits);
            for (var run = 0; run < RunsOfAThread; run++)
            {
                var batch = 1 + ((number + run) % MostDigits);
                inputs.Resize(batch);
                var input = CudaValues.FirstInput(inputs);
                var seed = run % MostDigits;
                var size = input.Length / batch;
                for (var i = 0; i < batch; i++) CudaValues.Fill(input.Slice(i * size, size), (seed + i) % MostDigits);
                model.Run(inputs, outputs);
                var found = CudaValues.FirstOutput(outputs);
                size = found.Length / batch;
                for (var i = 0; i < batch; i++)
                {
                    CudaValues.Worst(alone[(seed + i) % MostDigits], found.Slice(i * size, size).ToArray())
                        .ShouldBeLessThanOrEqualTo(1e-3, $"run {run}, item {i}");
                }
            }
        }

        // A collector without a pause leaves the threads no time to return from native code.
        static void Collect()
        {
            GC.Collect();
            Thread.Sleep(1);
        }
    }

    [SkippableFact]
    public void Device_memory_is_flat_over_many_runs_and_over_loading_and_disposing()
    {
        OnCuda.Require();
        GpuMachine.RequireGpu();
        using var model = DigitsVit.Load(OnCuda.Options);
        using var inputs = model.AllocateInputs(MostDigits);
        using var outputs = model.AllocateOutputs(MostDigits);
        Run(200);
        var before = FreeBytes();
        Run(SoakRuns);
        Grown($"device memory over {SoakRuns} runs at batch 1 to {MostDigits}", before - FreeBytes(), 2L << 20);
        for (var i = 0; i < 5; i++) LoadAndRun(i);
        before = FreeBytes();
        for (var i = 0; i < SoakRounds; i++) LoadAndRun(i);
        Grown($"device memory over {SoakRounds} rounds of load, run, dispose", before - FreeBytes(), 32L << 20);

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                inputs.Resize((i * 7 % MostDigits) + 1);
                model.Run(inputs, outputs);
            }
        }

        static void LoadAndRun(int seed)
        {
            using var other = DigitsVit.Load(OnCuda.Options);
            CudaValues.Single(other, seed);
        }

        static void Grown(string what, long bytes, long most) => OnCuda.Check(what,
            $"{(bytes > 0 ? "+" : "")}{FigureLog.MiB(bytes)}", $"at most {FigureLog.MiB(most)} more", bytes <= most);
    }

    private static long FreeBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GpuMachine.Context.Synchronize();
        return GpuMachine.Context.MemoryInfo().FreeBytes;
    }
}
