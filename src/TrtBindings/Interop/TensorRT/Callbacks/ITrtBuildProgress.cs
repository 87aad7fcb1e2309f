namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// What a build tells of itself. Phases are nested, and several may go on at once; called from TensorRT's own threads.
/// </summary>
internal interface ITrtBuildProgress
{
    /// <summary>A phase begins.</summary>
    /// <param name="phase">Its name.</param>
    /// <param name="parent">The phase that it is a part of; <see langword="null"/> for an outermost one.</param>
    /// <param name="steps">How many steps it has.</param>
    void PhaseStarted(string phase, string? parent, int steps);

    /// <summary>A step of a phase is done.</summary>
    /// <returns>Whether to go on; <see langword="false"/> ends the build.</returns>
    bool StepCompleted(string phase, int step);

    /// <summary>A phase is over.</summary>
    void PhaseFinished(string phase);
}
