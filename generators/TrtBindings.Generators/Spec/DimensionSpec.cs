using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>A dynamic dimension of the inputs, whose size the caller chooses.</summary>
/// <param name="Index">Its index among the dynamic dimensions.</param>
/// <param name="Name">Its ONNX name; <see langword="null"/> for an unknown dimension.</param>
/// <param name="Tensor">ONNX name of the first input that has it.</param>
/// <param name="Axis">Its axis there.</param>
/// <param name="Parameter">Name of the parameter for it.</param>
/// <param name="Property">Name of the property of <c>Inputs</c> with its value.</param>
internal sealed record DimensionSpec(
    int Index, string? Name, string Tensor, int Axis, string Parameter, string Property)
{
    /// <summary>Name of the capacity's property; reserved together with <see cref="Property"/>.</summary>
    public static string CapacityOf(string property) => property + "Capacity";

    /// <summary>Its tensor and axis: <c>images[0]</c>.</summary>
    public string Place => $"{Tensor}[{Literals.Number(Axis)}]";

    /// <summary>Its ONNX name, or its place if it has none.</summary>
    public string Label => Name ?? Place;

    /// <summary>The smallest size that the runtime accepts.</summary>
    public const int Minimum = 0;

    /// <summary>The largest size that the runtime accepts; 1 if the outputs mix the images of a batch.</summary>
    public long Maximum { get; init; } = long.MaxValue;

    /// <summary>Both limits in words.</summary>
    public string Limits => Maximum == long.MaxValue ? $"at least {Literals.Number(Minimum)}"
        : $"at most {Literals.Number(Maximum)}: the outputs have no batch dimension";
}
