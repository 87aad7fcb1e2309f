using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Quantization;

/// <summary>A convolution or a matrix product with constant weights, which can be quantized.</summary>
/// <param name="Node">The node.</param>
/// <param name="Weights">Its constant weights, which are its second input.</param>
/// <param name="Axis">The dimension of the weights that is the output channel.</param>
internal sealed record WeightedNode(Node Node, Value Weights, int Axis)
{
    /// <summary>Below this a matrix does not fill one tile of the tensor cores.</summary>
    private const int SmallestMatrix = 16;

    /// <summary>What TensorRT's FP8 convolutions need of input and output channels.</summary>
    private const int Float8Channels = 16;

    /// <summary>Operators with weights, also those that are never quantized.</summary>
    public static bool IsWeighted(Node node) =>
        node.Domain.Length == 0 && node.Operator is "Conv" or "ConvTranspose" or "MatMul" or "Gemm";

    /// <summary>The node as one to quantize, or why it is none.</summary>
    public static WeightedNode? Of(Draft draft, Node node, ElementType type, out string reason)
    {
        reason = "";
        if (node.Inputs.Count < 2 || node.Inputs[0] is not { } input || node.Inputs[1] is not { } weights || node.Result is null)
        {
            reason = "has no weights";
            return null;
        }

        if (node.Operator == "ConvTranspose") reason = "transposed convolutions are not quantized";
        else if (input.Producer is { Operator: "DequantizeLinear" } || weights.Producer is { Operator: "DequantizeLinear" })
            reason = "is quantized already";
        else if (!ConvertedData.IsFloat(input.Type)) reason = "computes in another type than a floating-point one";
        else if (!weights.IsConstant || weights.Initializer is not { } tensor || input.IsConstant)
        {
            reason = weights is { Initializer: not null, IsInput: true } ? "a caller can replace its weights"
                : input.IsConstant || weights.SparseInitializer is not null ? "its weights are of no form that can be quantized"
                : node.Operator == "Conv" ? "its weights are computed"
                : "both inputs are computed, as in attention";
        }
        else if (Shape(node, tensor) is not { } axis || weights.Type != input.Type || draft.DataOf(tensor) is not { Count: > 0 })
        {
            reason = "its weights are of no form that can be quantized";
        }
        else if ((reason = TypeReason(node, tensor, axis, type)).Length == 0)
        {
            return new(node, weights, axis);
        }

        return null;
    }

    /// <summary>True for a convolution of each channel by itself.</summary>
    public static bool IsDepthwise(Node node) => node.Operator == "Conv" && node.Attribute("group")?.I > 1
        && node.Inputs[1]?.Initializer is { Dims: [var channels, 1, ..] } && channels >= node.Attribute("group")!.I;

    private static int? Shape(Node node, TensorProto tensor) => node.Operator switch
    {
        "Conv" when tensor.Dims.Count >= 3 => 0,
        "MatMul" when tensor.Dims.Count >= 2 => tensor.Dims.Count - 1,
        "Gemm" when tensor.Dims.Count == 2 => node.Attribute("transB") is { I: not 0 } ? 0 : 1,
        _ => null,
    };

    private static string TypeReason(Node node, TensorProto tensor, int axis, ElementType type)
    {
        if (node.Operator != "Conv")
        {
            var rows = node.Operator == "Gemm" ? tensor.Dims[1 - axis] : tensor.Dims[axis - 1];
            return Math.Min(rows, tensor.Dims[axis]) < SmallestMatrix
                ? $"its matrix of {rows} x {tensor.Dims[axis]} is smaller than one tile of the tensor cores" : "";
        }

        if (type != ElementType.Float8E4M3FN) return "";
        return node.Attribute("group") is { I: > 1 } || tensor.Dims.Take(2).Any(channels => channels % Float8Channels != 0)
            ? $"TensorRT's FP8 convolutions have one group and channels in multiples of {Float8Channels}" : "";
    }
}
