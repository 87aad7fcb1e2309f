namespace TrtBindings;

/// <summary>How many layers of an engine compute in one type.</summary>
/// <param name="Type">The type, such as <see cref="ElementType.Float16"/>.</param>
/// <param name="Layers">Number of layers. Copies, changes of format and constants do not count.</param>
/// <param name="Share">Their share of all layers that count, from 0 to 1.</param>
public sealed record LayerShare(ElementType Type, int Layers, double Share);
