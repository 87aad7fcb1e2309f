namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>The threshold for a model of one plane.</summary>
internal static class PlaneThreshold
{
    /// <summary>A probability of one half, as a probability or as a logit.</summary>
    /// <param name="lastOperator">
    /// The operator that computes the output; empty if it is not known, as for a TensorRT engine.
    /// </param>
    /// <param name="plane">The output for one image.</param>
    public static float Of(string lastOperator, ReadOnlySpan<float> plane)
    {
        var areProbabilities = lastOperator switch
        {
            "Sigmoid" or "HardSigmoid" => true,
            "Div" or "Clip" or "" => AreShares(plane),
            _ => lastOperator.Contains(':') && AreShares(plane),
        };
        return areProbabilities ? 0.5f : 0;
    }

    private static bool AreShares(ReadOnlySpan<float> plane)
    {
        foreach (var value in plane)
            if (!(value is >= 0 and <= 1)) return false;
        return true;
    }
}
