namespace TrtBindings.ModelFiles.Families;

/// <summary>Questions about tensors that several rules ask. A text says what is wrong; <see langword="null"/> is right.</summary>
internal static class TensorRules
{
    /// <summary>A larger dimension is not a number of classes.</summary>
    public const long MaxClasses = 1 << 16;

    /// <summary>The family takes one image: float [N, 3, H, W], or [N, 1, H, W] if it may be grey.</summary>
    public static string? TakesImage(EquatableArray<TensorDescription> inputs, bool orGrey = false) =>
        Count(inputs, "input", 1)
        ?? Float(inputs[0], 4, "[batch, 3, height, width]")
        ?? (IsSize(inputs[0], 1, 3) || (orGrey && IsSize(inputs[0], 1, 1)) ? null
            : $"'{inputs[0]}' must have {(orGrey ? "1 or " : "")}3 channels");

    /// <summary>The model has as many inputs or outputs as the family.</summary>
    public static string? Count(EquatableArray<TensorDescription> tensors, string role, int count) =>
        tensors.Count == count ? null
            : $"the model has {tensors.Count} {role}{(tensors.Count == 1 ? "" : "s")}, not {count}";

    /// <summary>A tensor is float and of a rank.</summary>
    public static string? Float(TensorDescription tensor, int rank, string wanted) =>
        IsFloat(tensor, rank) ? null : $"'{tensor}' must be float {wanted}";

    /// <summary>Whether a tensor is float or float16, which engines convert, and of a rank.</summary>
    public static bool IsFloat(TensorDescription tensor, int rank) => tensor.Kind == ValueKind.Tensor
        && tensor.ElementType is ElementType.Float or ElementType.Float16 && tensor.Shape.Rank == rank;

    /// <summary>Whether a dimension is fixed at one of these sizes.</summary>
    public static bool IsSize(TensorDescription tensor, int axis, params long[] sizes) =>
        tensor.Shape.Dimensions[axis] is { IsFixed: true } size && Array.IndexOf(sizes, size.Value) >= 0;

    /// <summary>
    /// An output's first dimension is the batch: it has the size or name of the input's. If it is certain that the model is of
    /// the family, a dynamic dimension of any name will do, because exporters rename it.
    /// </summary>
    public static string? SharesBatch(TensorDescription input, TensorDescription output, bool isCertain)
    {
        var (left, right) = (input.Shape.Dimensions[0], output.Shape.Dimensions[0]);
        return left.MustEqual(right) || (isCertain && !right.IsFixed) ? null
            : $"the first dimension of '{output}' is not the batch of '{input}'";
    }

    /// <summary>The sizes of a tensor; -1 for those that are not fixed.</summary>
    public static long[] Lengths(TensorDescription tensor)
    {
        var lengths = new long[Math.Max(tensor.Shape.Rank, 0)];
        for (var axis = 0; axis < lengths.Length; axis++) lengths[axis] = tensor.Shape.Dimensions[axis].Value;
        return lengths;
    }
}
