using TrtBindings.Vision;

namespace TrtBindings.Benchmarks;

/// <summary>An engine with its model, and a call that reuses its result memory.</summary>
/// <param name="model">The model, which is disposed of with the engine.</param>
/// <param name="engine">The engine.</param>
/// <param name="call">The call.</param>
/// <param name="timings">The stage times of the last call.</param>
/// <param name="found">Number of objects that the last call found; <see langword="null"/> for an engine without objects.</param>
internal sealed class MeasuredEngine(
    object model, IDisposable engine, Action call, Func<EngineTimings> timings, Func<int>? found) : IDisposable
{
    // The JIT compiles hot methods again while they warm up.
    private const int WarmUps = 40;
    private const int Calls = 21;

    /// <summary>
    /// Time around the model and time of the model: medians over the same calls, in milliseconds.
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
