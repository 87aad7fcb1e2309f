namespace TrtBindings;

/// <summary>Progress of a conversion.</summary>
/// <param name="Phase">What is done, for example <c>Measuring samples</c>; <c>Done</c> at the end.</param>
/// <param name="Step">Completed steps of the phase: samples that were run, or levels that were checked.</param>
/// <param name="Steps">All steps of the phase; 0 where that is not known, as of a query that was not read before.</param>
/// <param name="Percent">
/// Progress of the whole conversion, from 0 to 100. It never falls. Equal differences may take very different times.
/// </param>
public sealed record ConversionProgress(string Phase, int Step, int Steps, double Percent);
