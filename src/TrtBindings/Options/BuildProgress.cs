namespace TrtBindings;

/// <summary>How far the build of an engine is.</summary>
/// <param name="Phase">What TensorRT calls the phase it is in, for example <c>Build Engine</c>.</param>
/// <param name="Step">Steps of the phase that are done.</param>
/// <param name="Steps">Steps that the phase has.</param>
/// <param name="Percent">
/// Of the whole build, from 0 to 100. It never falls; TensorRT tells steps, not time, so equal differences may take very
/// different times.
/// </param>
public sealed record BuildProgress(string Phase, int Step, int Steps, double Percent);
