using Microsoft.Extensions.Logging;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Engines;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Soak;

/// <summary>Many threads on the same engines, with native callbacks and a collector that never rests.</summary>
public sealed class ThreadTests
{
    private const int Threads = 8;
    private const int RunsPerThread = 1000;
    private const int MostDigits = 64;
    private const int Side = 16;

    [SkippableFact]
    public void Eight_threads_with_mixed_shapes_and_callbacks_are_right_under_forced_collections()
    {
        var (digits, nonzeros) = (ReadyEngine.Require("mnist_n1-64_fp32"), ReadyEngine.Require("nonzero_dds"));
        var logger = new CountingLogger();
        using var batches = ReadyEngine.Load(digits.Engine, logger: logger);
        using var counts = Nonzeros.LoadEngine(nonzeros.PlanPath(), ReadyEngine.Options(nonzeros, logger: logger));
        var alone = new ItemResults(batches, MostDigits);
        var (problems, collections) = ThreadSoak.Run(Threads, Collect, Work);
        FigureLog.Check("soak", $"{Threads} threads, {RunsPerThread} runs each, with forced collections",
            $"{problems.Count} errors, {collections} forced collections", "0 errors", problems.IsEmpty);
        collections.ShouldBeGreaterThan(0);

        void Work(int number)
        {
            var random = new Random(number);
            using var inputs = batches.Model.CreateInputs(MostDigits);
            using var outputs = batches.Model.CreateOutputs(MostDigits);
            using var table = counts.AllocateInputs(Side, Side);
            using var found = counts.AllocateOutputs();
            for (var run = 0; run < RunsPerThread; run++)
            {
                if (run % 4 == 3)
                {
                    RunNonzeros(table, found, random.Next((Side * Side) + 1));
                    continue;
                }

                var (size, first) = (random.Next(1, MostDigits + 1), random.Next(MostDigits));
                inputs.Resize(size);
                for (var item = 0; item < size; item++) alone.Write((first + item) % MostDigits, inputs, item);
                InputFormula.Poison(outputs);
                if (run % 4 == 1) batches.Model.RunAsync(inputs, outputs).GetAwaiter().GetResult();
                else batches.Model.Run(inputs, outputs);
                alone.Compare(outputs, size, first);
            }
        }

        void RunNonzeros(Nonzeros.Inputs table, Nonzeros.Outputs found, int count)
        {
            table.Data.Span.Clear();
            for (var i = 0; i < count; i++) table.Data.Span[i] = i + 1;
            counts.Run(table, found);
            found.Output.Span.Length.ShouldBe(count);
            for (var i = 0; i < count; i++) found.Output.Span[i].ShouldBe(i + 1);
        }
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    /// <summary>Takes every line, so that TensorRT's logger really calls.</summary>
    private sealed class CountingLogger : ILogger
    {
        private int _lines;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception).Length > 0) Interlocked.Increment(ref _lines);
        }
    }
}
