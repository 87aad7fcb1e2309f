using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

/// <summary>What tensors and dynamic dimensions are called where the project chose no name.</summary>
internal static class NaturalNames
{
    /// <summary>The member of a tensor.</summary>
    /// <param name="tensor">The tensor's ONNX name.</param>
    /// <param name="role"><c>Input</c>, <c>Output</c> or <c>Optional</c>, used for names without a usable letter.</param>
    /// <param name="index">Its place among the tensors of that role.</param>
    public static string OfTensor(string tensor, string role, int index) =>
        Identifiers.Pascal(tensor, role, role + Literals.Number(index));

    /// <summary>The property of a dynamic dimension of the inputs.</summary>
    /// <param name="dimension">The dimension.</param>
    /// <param name="index">Its place among the dynamic dimensions.</param>
    /// <param name="inputs">The model's inputs.</param>
    public static string OfDimension(DynamicDimension dimension, int index, EquatableArray<TensorDescription> inputs)
    {
        if (dimension.Name is { } name && !IsNumbered(name))
            return Identifiers.Pascal(name, "Dim", "Dim" + Literals.Number(index));
        var tensor = inputs[dimension.Input];
        return ImageLayout.AxisName(tensor.Shape, dimension.Axis)
            ?? OfTensor(tensor.Name, "Input", dimension.Input) + "Dim" + Literals.Number(dimension.Axis);
    }

    /// <summary>
    /// Whether an exporter counted a dimension that nobody named: torch's <c>s77</c>, <c>u0</c> and, in the older exporter,
    /// <c>images_dynamic_axes_1</c>. The place says more.
    /// </summary>
    private static bool IsNumbered(string name)
    {
        const string Older = "_dynamic_axes_";
        var start = name.LastIndexOf(Older, StringComparison.Ordinal) is var at and >= 0 ? at + Older.Length
            : name[0] is 's' or 'u' ? 1 : name.Length;
        return start < name.Length && name.Skip(start).All(c => c is >= '0' and <= '9');
    }
}
