namespace TrtBindings.Gpu.Tests.Figures;

/// <summary>A figure, and when it was measured.</summary>
internal sealed record DatedFigure(string Date, Figure Figure);
