using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Types;

/// <summary>
/// Finds the element type of every value. What the operators give counts more than what the file says about it.
/// </summary>
internal static class TypeInference
{
    /// <summary>Fills <see cref="Value.Type"/> in a graph and all below it.</summary>
    public static void Infer(Graph graph)
    {
        foreach (var node in graph.Nodes) Infer(node);
    }

    private static void Infer(Node node)
    {
        switch (node.Domain.Length == 0 ? node.Operator : "")
        {
            case "If":
                foreach (var branch in node.Subgraphs) Infer(branch);
                if (node.Subgraphs.Count > 0) Take(node, node.Subgraphs[0].Outputs, 0);
                return;
            case "Loop":
                InferLoop(node);
                return;
            case "Scan":
                InferScan(node);
                return;
        }

        foreach (var subgraph in node.Subgraphs) Infer(subgraph);
        for (var i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i] is not { } output) continue;
            var type = TypeOf(node, i);
            if (type != ElementType.Undefined) output.Type = type;
        }
    }

    /// <summary>
    /// The body sees the number of the turn, the condition, then what is carried; it gives the condition first.
    /// </summary>
    private static void InferLoop(Node node)
    {
        if (node.Subgraph("body") is not { } body) return;
        for (var i = 2; i < body.Inputs.Count && i < node.Inputs.Count; i++) Give(body.Inputs[i], node.Inputs[i]);
        Infer(body);
        Take(node, body.Outputs, 1);
    }

    private static void InferScan(Node node)
    {
        if (node.Subgraph("body") is not { } body) return;
        // Operator set 8 has an input before the states.
        var first = node.Inputs.Count - body.Inputs.Count;
        for (var i = 0; i < body.Inputs.Count && first >= 0; i++) Give(body.Inputs[i], node.Inputs[first + i]);
        Infer(body);
        Take(node, body.Outputs, 0);
    }

    private static void Give(Value inside, Value? outside)
    {
        if (outside is { Type: not ElementType.Undefined }) inside.Type = outside.Type;
    }

    private static void Take(Node node, List<Value> results, int first)
    {
        for (var i = 0; i < node.Outputs.Count && first + i < results.Count; i++)
            if (node.Outputs[i] is { } output
                && results[first + i].Type is not ElementType.Undefined and var type) output.Type = type;
    }

    private static ElementType TypeOf(Node node, int output)
    {
        if (node.Domain.Length > 0) return ElementType.Undefined;
        switch (node.Operator)
        {
            case "Cast": return Named(node, "to", ElementType.Undefined);
            case "Constant": return OfConstant(node);
            case "ConstantOfShape": return (ElementType)(node.Attribute("value")?.T?.DataType ?? (int)ElementType.Float);
            case "RandomNormal" or "RandomUniform": return Named(node, "dtype", ElementType.Float);
            case "RandomNormalLike" or "RandomUniformLike" or "Bernoulli" or "EyeLike" or "Multinomial"
                when node.Attribute("dtype") is not null:
                return Named(node, "dtype", ElementType.Float);
            case "BlackmanWindow" or "HannWindow" or "HammingWindow" or "MelWeightMatrix":
                return Named(node, "output_datatype", ElementType.Float);
            case "QuantizeLinear" when node.Attribute("output_dtype") is { I: not 0 }:
                return Named(node, "output_dtype", ElementType.UInt8);
            case "QuantizeLinear" when node.Inputs.Count < 3 || node.Inputs[2] is null: return ElementType.UInt8;
        }

        if (OperatorTable.Find("", node.Operator) is not { } rule) return ElementType.Undefined;
        return rule.Output(output) switch
        {
            'T' => OperatorType(node, rule),
            'F' => ElementType.Float,
            'L' => ElementType.Int64,
            'I' => ElementType.Int32,
            'U' => ElementType.UInt8,
            'B' => ElementType.Bool,
            var digit when char.IsAsciiDigit(digit) && digit - '0' < node.Inputs.Count =>
                node.Inputs[digit - '0']?.Type ?? ElementType.Undefined,
            _ => ElementType.Undefined,
        };
    }

    /// <summary>The type that the inputs of the letter <c>T</c> have: that of the first one that is known.</summary>
    public static ElementType OperatorType(Node node, OperatorRule rule)
    {
        for (var i = 0; i < node.Inputs.Count; i++)
        {
            if (rule.Input(i) == 'T' && node.Inputs[i] is { Type: not ElementType.Undefined } input) return input.Type;
        }

        return ElementType.Undefined;
    }

    private static ElementType OfConstant(Node node)
    {
        foreach (var attribute in node.Proto.Attribute)
        {
            switch (attribute.Name)
            {
                case "value": return (ElementType)(attribute.T?.DataType ?? 0);
                case "value_float" or "value_floats": return ElementType.Float;
                case "value_int" or "value_ints": return ElementType.Int64;
                case "value_string" or "value_strings": return ElementType.String;
                case "sparse_value": return (ElementType)(attribute.SparseTensor?.Values?.DataType ?? 0);
            }
        }

        return ElementType.Undefined;
    }

    private static ElementType Named(Node node, string attribute, ElementType fallback) =>
        node.Attribute(attribute) is { } found ? (ElementType)found.I : fallback;
}
