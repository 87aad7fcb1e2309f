using TrtBindings.Interop.TensorRT;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>A listener that throws at the start of a phase, with the arguments in the message.</summary>
internal sealed class FailingProgress : ITrtBuildProgress
{
    public void PhaseStarted(string phase, string? parent, int steps) =>
        throw new NotSupportedException($"{phase}, part of {parent ?? "nothing"}, {steps} steps");

    public bool StepCompleted(string phase, int step) => true;

    public void PhaseFinished(string phase)
    {
    }
}
