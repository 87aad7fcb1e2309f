namespace TrtBindings.Gpu.Tests.Figures;

/// <summary>One measured number.</summary>
/// <param name="Group">What it is about: a heading of the table.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The number, or a text that stands for several.</param>
/// <param name="Bar">What must hold; empty where the figure is only reported.</param>
/// <param name="Holds">Whether it does; <see langword="null"/> without a bar.</param>
internal sealed record Figure(string Group, string Name, string Value, string Bar, bool? Holds);
