namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>The output of a segmentation model that an engine reads.</summary>
/// <param name="Index">Its place among the outputs.</param>
/// <param name="Rank">Its number of dimensions.</param>
/// <param name="IsLabelMap">Whether it holds classes and not logits.</param>
/// <param name="HasBatch">Whether it has a batch dimension.</param>
internal sealed record SegmentationHead(int Index, int Rank, bool IsLabelMap, bool HasBatch)
{
    /// <summary>Finds the output.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">The output's name; <see langword="null"/> for the first that is a head.</param>
    /// <exception cref="TensorException">There is no such output, or it is not a head.</exception>
    public static SegmentationHead Of(IRunnableModel model, string? name)
    {
        var signature = model.Signature;
        var (input, outputs) = (signature.Inputs[0], signature.Outputs);
        var index = 0;
        if (name is not null)
        {
            while (index < outputs.Count && outputs[index].Name != name) index++;
            if (index == outputs.Count)
            {
                throw new TensorException(name, $"'{signature.File}' has no output '{name}'. It has "
                    + $"{string.Join(", ", outputs.Select(output => $"'{output.Name}'"))}.");
            }
        }
        else
        {
            while (index < outputs.Count && SemanticSegmentationRule.HeadProblem(input, outputs[index]) is not null) index++;
            if (index == outputs.Count) index = 0;
        }

        var output = outputs[index];
        ModelError.ThrowIf(model, SemanticSegmentationRule.Instance, SemanticSegmentationRule.HeadProblem(input, output));
        return new(
            index, output.Shape.Rank, SemanticSegmentationRule.IsLabelMap(output), SemanticSegmentationRule.HasBatch(output));
    }
}
