using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// Puts BatchNormalization into the weights of the convolution before it, as TensorRT does. Before ranges are taken: what lies
/// between the two has another range, and does not exist in an engine.
/// </summary>
internal static class BatchNormFolding
{
    /// <summary>Folds where only the normalization reads the convolution, and all parameters are constants.</summary>
    /// <param name="draft">The model.</param>
    /// <param name="options">A normalization that they name stays a node of its own.</param>
    /// <returns>Number of normalizations that are gone.</returns>
    public static int Fold(Draft draft, ConversionOptions options)
    {
        var uses = new Uses(draft.Main);
        var folded = 0;
        foreach (var graph in draft.Main.All())
        {
            var gone = graph.Nodes.Where(node => TryFold(draft, options, uses, node)).ToHashSet();
            graph.Nodes.RemoveAll(gone.Contains);
            folded += gone.Count;
        }

        return folded;
    }

    private static bool TryFold(Draft draft, ConversionOptions options, Uses uses, Node node)
    {
        if (node is not { Operator: "BatchNormalization", Domain: "" } || node.Inputs.Count != 5
            || node.Attribute("training_mode") is { I: not 0 } || node.Attribute("spatial") is { I: 0 }
            || node.Result is not { } result || node.Outputs.Skip(1).Any(output => output is not null)
            || node.Inputs[0]?.Producer is not { Operator: "Conv", Domain: "" } conv || conv.Owner != node.Owner
            || uses.IsOutput(node.Inputs[0]!) || uses.Of(node.Inputs[0]!).Count != 1
            || conv.Inputs.Count < 2 || conv.Outputs.Count != 1 || !IsFloat(conv.Inputs[1])
            || (conv.Inputs.Count > 2 && conv.Inputs[2] is { } b && !IsFloat(b)) || OptionNames.IsNamed(options, node))
            return false;
        var weights = conv.Inputs[1]!.Initializer!;
        if (weights.Dims.Count < 3 || node.Inputs.Skip(1).Any(value => !IsFloat(value))) return false;
        var channels = weights.Dims[0];
        var parameters = node.Inputs.Skip(1).Select(value => value!.Initializer!).ToList();
        var bias = conv.Inputs.Count > 2 ? conv.Inputs[2]?.Initializer : null;
        if (parameters.Append(bias ?? parameters[0])
            .Any(tensor => tensor.Dims.Count != 1 || tensor.Dims[0] != channels)) return false;
        if (channels == 0 || draft.DataOf(weights) is not { Count: > 0 } data) return false;

        var (scale, shift, mean, variance) = (draft.FloatsOf(parameters[0]), draft.FloatsOf(parameters[1]),
            draft.FloatsOf(parameters[2]), draft.FloatsOf(parameters[3]));
        var old = bias is null ? new float[channels] : draft.FloatsOf(bias);
        var epsilon = node.Attribute("epsilon")?.F ?? 1e-5f;
        var (factors, sums) = (new float[channels], new float[channels]);
        for (var i = 0; i < channels; i++)
        {
            var factor = scale[i] / Math.Sqrt((double)variance[i] + epsilon);
            factors[i] = (float)factor;
            sums[i] = (float)(((old[i] - (double)mean[i]) * factor) + shift[i]);
            // A variance below zero, which some quantized exports have, is left to the runtime.
            if (!float.IsFinite(factors[i]) || !float.IsFinite(sums[i])) return false;
        }

        conv.Inputs[1] = draft.AddConstant(node.Owner, weights.Name + "_folded", weights.Dims, new ScaledData(data, factors));
        var sum = draft.AddFloats(node.Owner, (bias?.Name ?? conv.Inputs[1]!.Name) + "_bias", [channels], sums);
        if (conv.Inputs.Count > 2) conv.Inputs[2] = sum;
        else conv.Inputs.Add(sum);
        conv.Outputs[0] = result;
        result.Producer = conv;
        return true;
    }

    private static bool IsFloat(Value? value) => value is { IsConstant: true, Type: ElementType.Float };
}
