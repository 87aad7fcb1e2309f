namespace TrtBindings.Vision.Gpu;

/// <summary>What kernels can read.</summary>
internal static class GpuOutputs
{
    /// <summary>Why an output is not read as numbers; <see langword="null"/> if it is.</summary>
    public static string? FloatProblem(TensorDescription output) => output.ElementType is ElementType.Float or ElementType.Float16
        ? null : $"'{output}' is neither float nor float16";

    /// <summary>Why one of some outputs is not read as numbers; <see langword="null"/> if all are.</summary>
    public static string? FloatProblem(IReadOnlyList<TensorDescription> outputs)
    {
        foreach (var output in outputs)
            if (FloatProblem(output) is { } problem) return problem;
        return null;
    }

    /// <summary>Why the size of an output is known only after a run; <see langword="null"/> if it is known before.</summary>
    /// <param name="output">The output.</param>
    /// <param name="first">The first dimension that must be fixed.</param>
    public static string? OpenProblem(TensorDescription output, int first)
    {
        for (var axis = first; axis < output.Shape.Rank; axis++)
        {
            if (!output.Shape.Dimensions[axis].IsFixed)
                return $"the size of '{output}' depends on the picture, and work on the GPU needs sizes that are known before";
        }

        return null;
    }
}
