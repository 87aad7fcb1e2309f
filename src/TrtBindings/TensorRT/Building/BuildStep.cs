namespace TrtBindings.TensorRT.Building;

/// <summary>How far a build is.</summary>
/// <param name="Phase">What goes on, in TensorRT's words; <c>Done</c> at the end.</param>
/// <param name="Step">Steps of the phase that are done.</param>
/// <param name="Steps">Steps of the phase.</param>
/// <param name="Percent">Of the whole, 0 to 100. It never falls, and is 100 once, when the engine is there.</param>
internal sealed record BuildStep(string Phase, int Step, int Steps, double Percent);
