namespace TrtBindings.Generators.Spec;

/// <summary>One member of a generated <c>Inputs</c> or <c>Outputs</c> class.</summary>
/// <param name="Description">The tensor in the model file.</param>
/// <param name="CSharpType">Type of one element; <c>object</c> if the type is known only after a run;
/// <see langword="null"/> if the tensor has no member.</param>
/// <param name="Property">The member's name.</param>
/// <param name="Parameter">Name of the parameter for its memory.</param>
/// <param name="ShapeParameter">Name of the parameter for its first shape; for unranked inputs only.</param>
internal sealed record TensorSpec(
    TensorDescription Description, string? CSharpType, string Property, string Parameter, string? ShapeParameter)
{
    public bool IsUntyped => CSharpTypes.IsUntyped(Description);

    public bool IsText => Description.ElementType == ElementType.String;

    /// <summary>True if the caller can pass memory for it.</summary>
    public bool IsWrappable => CSharpType is not null && !IsText && !IsUntyped;
}
