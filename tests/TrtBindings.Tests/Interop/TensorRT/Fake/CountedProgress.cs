using System.Collections.Concurrent;
using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT.Fake;

/// <summary>Counts progress from several threads and cancels at a step.</summary>
internal sealed class CountedProgress : ITrtBuildProgress
{
    private int _steps;
    private int _finished;

    public ConcurrentBag<string> Phases { get; } = [];

    public int Steps => Volatile.Read(ref _steps);

    public int Finished => Volatile.Read(ref _finished);

    public int Limit { get; set; } = int.MaxValue;

    public void PhaseStarted(string phase, string? parent, int steps) => Phases.Add($"{phase} of {parent}");

    public bool StepCompleted(string phase, int step) => Interlocked.Increment(ref _steps) < Limit;

    public void PhaseFinished(string phase) => Interlocked.Increment(ref _finished);
}
