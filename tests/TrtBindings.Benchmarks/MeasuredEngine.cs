using TrtBindings.Vision;

namespace TrtBindings.Benchmarks;

/// <summary>An engine on its model, with a call into memory that is used again.</summary>
/// <param name="model">The model, which is disposed of with the engine.</param>
/// <param name="engine">The engine.</param>
/// <param name="call">The call.</param>
/// <param name="timings">Where the time of the last call went.</param>
/// <param name="found">Objects that the last call found; <see langword="null"/> for an engine that finds none.</param>
internal sealed class MeasuredEngine(
    object model, IDisposable engine, Action call, Func<EngineTimings> timings, Func<int>? found) : IDisposable
{
    // Methods are compiled anew while they warm up.
    private const int WarmUps = 40;
    private const int Calls = 21;

    /// <summary>
    /// What is around the model and what the model takes: medians of the same calls, in milliseconds.
    /// </summary>
    public (double Around, double Inference) Measure(int objects)
    {
        var (around, inference) = (new double[Calls], new double[Calls]);
        for (var i = -WarmUps; i < Calls; i++)
        {
            call();
            if (i < 0) continue;
            var last = timings();
            around[i] = (last.Preprocess + last.Postprocess).TotalMilliseconds;
            inference[i] = last.Inference.TotalMilliseconds;
        }

        if (found is not null && found() != objects) throw new InvalidOperationException($"{found()} objects, not {objects}.");
        return (Median.Of(around), Median.Of(inference));
    }

    /// <summary>Bytes that a warm call allocates.</summary>
    public long Bytes() => Stopwatches.Bytes(call);

    public void Dispose()
    {
        engine.Dispose();
        (model as IDisposable)?.Dispose();
    }
}
