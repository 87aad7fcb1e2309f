namespace TrtBindings.Parity;

/// <summary>Compares all outputs of one run with those of the reference.</summary>
internal static class RunComparison
{
    /// <summary>Compares them.</summary>
    /// <param name="size">The sizes of the run, for the results.</param>
    /// <param name="model">What the file says.</param>
    /// <param name="signature">Its inputs and outputs.</param>
    /// <param name="expected">The reference's outputs.</param>
    /// <param name="actual">The model's outputs.</param>
    /// <param name="tolerance">What they may differ by.</param>
    public static List<OutputParity> Compare(
        string size, ModelDescription model, ModelSignature signature, IReadOnlyList<TensorBuffer> expected,
        IReadOnlyList<TensorBuffer> actual, ParityTolerance tolerance)
    {
        long[][] shapes = [.. expected.Select(tensor => Array.ConvertAll(tensor.Lengths.ToArray(), length => (long)length))];
        // A class without a C# form of one output has fewer tensors than the file has outputs.
        var layouts = shapes.Length == signature.Outputs.Count
            ? OutputLayouts.Of(model, signature, shapes)
            : [.. shapes.Select(_ => OutputLayout.Whole(isBatched: false))];
        if (SlotComparison.Of(model, signature, expected, actual) is { } slots)
            return slots.Compare(size, layouts, tolerance);
        var results = new List<OutputParity>();
        for (var i = 0; i < shapes.Length; i++)
            results.AddRange(OutputComparison.Compare(size, expected[i], actual[i], layouts[i], tolerance));
        return results;
    }
}
