namespace TrtBindings.Gpu.Tests.Running;

/// <summary>How one test ended.</summary>
/// <param name="Test">Its name with its arguments.</param>
/// <param name="State"><c>started</c>, <c>passed</c>, <c>failed</c> or <c>skipped</c>.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Message">Why it failed or was skipped.</param>
internal sealed record TestOutcome(string Test, string State, double Seconds = 0, string Message = "");
