using TrtBindings.Gpu.Tests.Running;

namespace TrtBindings.Gpu.Tests.Figures;

/// <summary>How a test ended, and when.</summary>
internal sealed record DatedOutcome(string Date, TestOutcome Outcome);
