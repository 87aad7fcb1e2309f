using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Tests.Support;

/// <summary>What TensorRT refuses in a quantized graph, or computes without 8 bits because of it.</summary>
internal static class TensorRtRules
{
    /// <summary>One line for each thing that is wrong.</summary>
    public static List<string> Problems(string path)
    {
        using var file = OnnxFile.Read(path);
        var graph = new GraphReader(path).Read(file.Model.Graph);
        var uses = new Uses(graph);
        return [.. graph.Nodes.SelectMany(node => Problems(file, graph, uses, node).Select(problem => $"{node}: {problem}"))];
    }

    private static IEnumerable<string> Problems(OnnxFile file, Graph graph, Uses uses, Node node)
    {
        switch (node.Operator)
        {
            case "QuantizeLinear":
                foreach (var problem in ScaleProblems(file, node, isPerTensor: true)) yield return problem;
                if (node.Inputs[0]!.Initializer is not null) yield return "quantizes a constant";
                if (uses.IsOutput(node.Result!) || uses.Of(node.Result!).Any(reader => reader.Operator != "DequantizeLinear"))
                    yield return "is not followed by DequantizeLinear";
                // Another reader of the same value may be an activation; a value that only activations read is inside one.
                if (node.Inputs[0]!.Producer is { Operator: "Sigmoid" or "HardSigmoid" }
                    && uses.Of(uses.Of(node.Result!)[0].Result!).Any(reader => reader.Operator == "Mul"))
                    yield return "is inside an activation";
                break;
            case "DequantizeLinear":
                var isWeights = node.Inputs[0]!.Initializer is not null;
                foreach (var problem in ScaleProblems(file, node, isPerTensor: !isWeights)) yield return problem;
                if (uses.IsOutput(node.Result!)) yield return "is behind the last layer";
                foreach (var reader in uses.Of(node.Result!))
                {
                    if (reader.Operator is "Conv" or "Gemm" && reader.Inputs.Count > 2 && reader.Inputs[2] == node.Result)
                        yield return "is a bias of 8 bits";
                    if (reader.Operator is "ConvTranspose" or "Softmax" or "Sigmoid" or "Relu" or "Clip" or "HardSigmoid")
                        yield return $"is read by {reader}";
                    if (reader.Operator is "Conv" && !(reader.Inputs[0]!.Producer is { Operator: "DequantizeLinear" }
                        && reader.Inputs[1]!.Producer is { Operator: "DequantizeLinear" }))
                        yield return $"is only one input of {reader}";
                }

                break;
            case "Cast" when node.Inputs[0]!.Producer is { Operator: "DequantizeLinear" }:
                yield return "is between DequantizeLinear and its reader";
                break;
        }
    }

    private static IEnumerable<string> ScaleProblems(OnnxFile file, Node node, bool isPerTensor)
    {
        if (node.Inputs is not [{ } value, { Initializer: { } scale }, { Initializer: { } zero }])
        {
            yield return "has no constant scale and zero point";
            yield break;
        }

        if (file.DataOf(zero)!.ToArray().Any(one => one != 0)) yield return "has a zero point that is not 0";
        if ((ElementType)zero.DataType is not (ElementType.Int8 or ElementType.Float8E4M3FN)) yield return "is not symmetric";
        if (isPerTensor && scale.Dims.Count > 0) yield return "has a scale for each channel of an activation";
        var data = file.DataOf(scale)!;
        var values = new float[data.Count];
        ConvertedData.ToFloat(data.ToArray(), data.Type, values);
        if (values.Any(one => !(one > 0) || !float.IsFinite(one))) yield return "has a scale that is not above 0";
        if (node.Operator == "QuantizeLinear" && (ElementType)scale.DataType != value.Type && value.Type != ElementType.Undefined)
            yield return "has a scale of another type";
    }
}
