using System.Diagnostics;

namespace TrtBindings.TensorRT.Building;

/// <summary>Adds up the time of each phase of one build.</summary>
internal sealed class BuildWatch
{
    private readonly TimeSpan[] _times = new TimeSpan[Enum.GetValues<BuildStep>().Length];

    /// <summary>The times so far.</summary>
    public BuildTimes Times => new(_times[0], _times[1], _times[2], _times[3], _times[4])
    {
        Comparing = _times[5],
    };

    /// <summary>Does something and adds its time to a phase, also if it fails.</summary>
    public T Time<T>(BuildStep step, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            _times[(int)step] += Stopwatch.GetElapsedTime(start);
        }
    }

    /// <summary>Does something and adds its time to a phase, also if it fails.</summary>
    public void Time(BuildStep step, Action work) => Time(step, () =>
    {
        work();
        return true;
    });
}

/// <summary>The phases of a build whose times are told: those of <see cref="BuildTimes"/>, in its order.</summary>
internal enum BuildStep
{
    Waiting,
    Starting,
    Reading,
    Building,
    Storing,
    Comparing,
}
