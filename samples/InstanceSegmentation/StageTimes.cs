using System.Diagnostics;
using TrtBindings.Vision;

namespace InstanceSegmentation;

/// <summary>How long each stage took, in the order in which they ran.</summary>
internal sealed class StageTimes
{
    /// <summary>Enough for a median that a single hiccup does not move.</summary>
    private const int Repetitions = 9;

    private readonly List<(string Name, TimeSpan Time)> _stages = [];

    public IReadOnlyList<(string Name, TimeSpan Time)> Stages => _stages;

    public T Time<T>(string name, Func<T> action)
    {
        var started = Stopwatch.GetTimestamp();
        var result = action();
        _stages.Add((name, Stopwatch.GetElapsedTime(started)));
        return result;
    }

    /// <summary>The stages of a detection once everything is warm: the median of several calls.</summary>
    public void TimeDetections<TLabel>(YoloSegEngine<TLabel> engine, ImageMemory[] batch)
        where TLabel : unmanaged, Enum
    {
        var calls = new EngineTimings[Repetitions];
        for (var i = 0; i < calls.Length; i++)
        {
            engine.Detect(batch);
            calls[i] = engine.LastTimings;
        }

        _stages.Add(("preprocess", Median(calls, call => call.Preprocess)));
        _stages.Add(("inference", Median(calls, call => call.Inference)));
        _stages.Add(("postprocess", Median(calls, call => call.Postprocess)));
    }

    private static TimeSpan Median(EngineTimings[] calls, Func<EngineTimings, TimeSpan> stage) =>
        calls.Select(stage).Order().ElementAt(calls.Length / 2);
}
