namespace TrtBindings.Generators.Families;

/// <summary>Questions about shapes that several families ask.</summary>
internal static class FamilyShapes
{
    /// <summary>More classes than any model has; beyond this a dimension is something else.</summary>
    public const long MaxClasses = 1 << 16;

    public static bool IsFloat(TensorDescription value, int rank) =>
        value.Kind == ValueKind.Tensor && value.ElementType == ElementType.Float && value.Shape.Rank == rank;

    /// <summary>Whether a dimension is fixed at one of these sizes.</summary>
    public static bool IsOneOf(Dimension dimension, params long[] sizes) =>
        dimension.IsFixed && Array.IndexOf(sizes, dimension.Value) >= 0;

    /// <summary>
    /// Whether an output's first dimension is the batch: the same size or name as the input's, or open by any name where
    /// <paramref name="isTold"/> says that the model is of the family.
    /// </summary>
    public static bool SharesBatch(TensorDescription input, TensorDescription output, bool isTold)
    {
        var (left, right) = (input.Shape.Dimensions[0], output.Shape.Dimensions[0]);
        return left.MustEqual(right) || (isTold && !right.IsFixed);
    }

    /// <summary>Ultralytics' <c>task</c>; empty if there is none.</summary>
    public static string TaskOf(ModelDescription model) => model.FindMetadata("task") ?? "";
}
