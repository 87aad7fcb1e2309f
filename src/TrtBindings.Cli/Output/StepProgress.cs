namespace TrtBindings.Cli.Output;

/// <summary>How far long work is.</summary>
/// <param name="Part">The part done, 0 to 1; less than 0 if it is not known.</param>
/// <param name="Step">What it is at; empty for nothing to say.</param>
internal readonly record struct StepProgress(double Part, string Step);
