namespace TrtBindings.Interop.TensorRT.Callbacks;

/// <summary>
/// Receives the progress of a build. Phases are nested, and several may run at once. TensorRT calls it from threads of its own.
/// </summary>
internal interface ITrtBuildProgress
{
    /// <summary>A phase begins.</summary>
    /// <param name="phase">The name of the phase.</param>
    /// <param name="parent">The phase around it; <see langword="null"/> for an outermost phase.</param>
    /// <param name="steps">The number of steps of the phase.</param>
    void PhaseStarted(string phase, string? parent, int steps);

    /// <summary>A step of a phase is done.</summary>
    /// <returns><see langword="false"/> cancels the build.</returns>
    bool StepCompleted(string phase, int step);

    /// <summary>A phase ends.</summary>
    void PhaseFinished(string phase);
}
