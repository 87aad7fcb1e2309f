namespace TrtBindings.Generators;

/// <summary>A size that the caller chooses.</summary>
/// <param name="Index">Its place among the sizes that the caller chooses.</param>
/// <param name="Name">Its ONNX name; <see langword="null"/> for an unknown dimension.</param>
/// <param name="Tensor">ONNX name of the first input that has it.</param>
/// <param name="Axis">Its axis there.</param>
/// <param name="Parameter">Name of the parameter for it.</param>
/// <param name="Property">Name of the property of <c>Inputs</c> that has its value.</param>
internal sealed record DimensionSpec(
    int Index, string? Name, string Tensor, int Axis, string Parameter, string Property)
{
    /// <summary>The capacity's property; <see cref="NameScope"/> keeps it free together with <see cref="Property"/>.</summary>
    public static string CapacityOf(string property) => property + "Capacity";

    /// <summary>The smallest size that the runtime takes.</summary>
    public int Minimum => Axis == 0 ? 1 : 0;

    /// <summary>The largest size that the runtime takes; 1 where the images of a batch would come out mixed.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <summary>Both in words.</summary>
    public string Sizes => Maximum == long.MaxValue ? $"at least {Literals.Number(Minimum)}"
        : $"{Literals.Number(Maximum)} and no other size: the outputs have no batch dimension";
}
