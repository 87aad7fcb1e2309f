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

    /// <summary>The class index of the first label. A single name is that of class 1; 0 is the rest.</summary>
    /// <param name="classes">Classes of the output.</param>
    /// <param name="labels">The model's labels.</param>
    /// <param name="chosen"><see cref="SemanticSegmentationOptions.FirstLabel"/>.</param>
    public int FirstLabel(int classes, int labels, int? chosen) =>
        IsLabelMap ? chosen ?? (labels == 1 ? 1 : 0) : classes == 1 && labels == 1 ? 1 : 0;

    /// <summary>Classes, height and width of the output.</summary>
    /// <param name="output">Name of the output.</param>
    /// <param name="lengths">Its lengths.</param>
    /// <param name="batch">Images of the run.</param>
    /// <param name="labels">The model's labels.</param>
    /// <exception cref="TensorException">The output has another shape than the family's.</exception>
    public (int Classes, int Height, int Width) SizeOf(string output, ReadOnlySpan<nint> lengths, int batch, int labels)
    {
        if (lengths.Length != Rank || (HasBatch && lengths[0] != batch) || lengths[^2] < 1 || lengths[^1] < 1)
            throw ModelError.Unexpected(output, lengths, batch, "must be [batch, classes, h, w] or [batch, h, w]");
        var classes = lengths.Length >= (HasBatch ? 4 : 3) ? (int)lengths[^3] : 1;
        var problem = SemanticSegmentationRule.SizeProblem(IsLabelMap, classes, labels);
        if (problem is not null) throw ModelError.Unexpected(output, lengths, batch, problem);
        return (classes, (int)lengths[^2], (int)lengths[^1]);
    }
}
