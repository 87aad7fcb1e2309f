using System.Numerics;
using TrtBindings.Generators.Spec;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Emit;

/// <summary>Describes tensors in documentation comments.</summary>
internal static class TensorText
{
    /// <summary>For example <c>float [batch, 3, 640, 640]</c>.</summary>
    public static string Type(TensorDescription tensor) =>
        tensor.Kind == ValueKind.Tensor ? tensor.ElementType.OnnxName() + " " + tensor.Shape : CSharpTypes.Describe(tensor);

    /// <summary>
    /// The size in memory: <c>4,915,200 bytes</c> or <c>batch × 4,915,200 bytes</c>, or a text where it cannot be computed.
    /// </summary>
    public static string Bytes(TensorDescription tensor)
    {
        if (CSharpTypes.IsUntyped(tensor)) return "its type and size are known after a run";
        if (tensor.ElementType == ElementType.String) return "text of any length";
        var element = tensor.ElementType.BitWidth() / 8;
        if (!tensor.Shape.IsRanked) return Count(element) + " for each element, of any rank";
        BigInteger bytes = element;
        var factors = new List<string>();
        foreach (var dimension in tensor.Shape.Dimensions)
        {
            if (dimension.IsFixed) bytes *= dimension.Value;
            else factors.Add(Factor(dimension.ToString()));
        }

        if (bytes.IsZero) return "no elements";
        factors.Add(Count(bytes));
        return string.Join(" × ", factors);
    }

    /// <summary>Puts parentheses around a name that is a formula, such as <c>past+current</c>.</summary>
    private static string Factor(string name) => name.IndexOfAny(['+', '-', '*', '/', ' ']) < 0 ? name : $"({name})";

    private static string Count(BigInteger bytes) => Literals.Grouped(bytes) + (bytes.IsOne ? " byte" : " bytes");
}
