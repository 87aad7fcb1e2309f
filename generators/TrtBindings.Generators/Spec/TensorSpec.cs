namespace TrtBindings.Generators;

/// <summary>One member of a generated <c>Inputs</c> or <c>Outputs</c> class.</summary>
/// <param name="Description">What the model file says of the tensor.</param>
/// <param name="CSharpType">Type of one element; <c>object</c> where only a run tells;
/// <see langword="null"/> if the tensor has no member.</param>
/// <param name="Property">The member's name.</param>
/// <param name="Parameter">Name of the parameter that brings its memory.</param>
/// <param name="ShapeParameter">Name of the parameter that brings its first shape; there for an unranked input alone.</param>
internal sealed record TensorSpec(
    TensorDescription Description, string? CSharpType, string Property, string Parameter, string? ShapeParameter)
{
    public bool IsUntyped => CSharpTypes.IsUntyped(Description);

    public bool IsText => Description.ElementType == ElementType.String;

    /// <summary>Whether the caller can bring memory for it.</summary>
    public bool IsWrappable => CSharpType is not null && !IsText && !IsUntyped;
}
