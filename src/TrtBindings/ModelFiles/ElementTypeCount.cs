namespace TrtBindings;

/// <summary>How many initializers have an element type.</summary>
/// <param name="ElementType">The type.</param>
/// <param name="Count">Number of initializers.</param>
public sealed record ElementTypeCount(ElementType ElementType, int Count);
