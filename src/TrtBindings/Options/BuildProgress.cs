namespace TrtBindings;

/// <summary>Progress of an engine build.</summary>
/// <param name="Phase">TensorRT's name for the current phase, for example <c>Build Engine</c>; <c>Done</c> at the end.</param>
/// <param name="Step">Completed steps of the phase.</param>
/// <param name="Steps">All steps of the phase.</param>
/// <param name="Percent">
/// Progress of the whole build, from 0 to 100. It never falls. TensorRT reports steps and not time, so equal differences may
/// take very different times.
/// </param>
public sealed record BuildProgress(string Phase, int Step, int Steps, double Percent);
