namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>The threshold for a model of one plane.</summary>
internal static class PlaneThreshold
{
    /// <summary>A probability of one half, as a probability or as a logit.</summary>
    /// <param name="lastOperator">
    /// The operator that computes the output; empty if it is not known, as for a TensorRT engine.
    /// </param>
    /// <param name="plane">The output for one image.</param>
    public static float Of(string lastOperator, ReadOnlySpan<float> plane) =>
        Of(lastOperator) ?? (AreShares(plane) ? 0.5f : 0);

    /// <summary>The threshold if the operator alone decides; <see langword="null"/> if the values do.</summary>
    public static float? Of(string lastOperator) => lastOperator switch
    {
        "Sigmoid" or "HardSigmoid" => 0.5f,
        "Div" or "Clip" or "" => null,
        _ => lastOperator.Contains(':') ? null : 0,
    };

    private static bool AreShares(ReadOnlySpan<float> plane)
    {
        foreach (var value in plane)
            if (!(value is >= 0 and <= 1)) return false;
        return true;
    }
}
