namespace TrtBindings.Vision.Classification;

/// <summary>Turns a classification model's output into scores.</summary>
internal static class ClassScoring
{
    /// <summary>Greatest distance from 1 of a sum of probabilities, as in Ultralytics' Rust runtime.</summary>
    private const double SumTolerance = 0.1;

    /// <summary>What a model's output holds, as far as its graph tells.</summary>
    /// <param name="chosen">What the options say.</param>
    /// <param name="lastOperator">The operator that computes the output; empty if it is not known.</param>
    public static ClassScores Of(ClassScores chosen, string lastOperator)
    {
        if (chosen != ClassScores.Automatic) return chosen;
        return lastOperator switch
        {
            "Softmax" or "Sigmoid" or "HardSigmoid" => ClassScores.Probabilities,
            // The last steps of a softmax in parts, or not known.
            "Div" or "Exp" or "" => ClassScores.Automatic,
            "com.microsoft:QGemm" => ClassScores.Logits,
            _ => lastOperator.Contains(':') ? ClassScores.Automatic : ClassScores.Logits,
        };
    }

    /// <summary>Writes the scores of one image.</summary>
    public static void Score(ClassScores kind, ReadOnlySpan<float> values, Span<float> scores)
    {
        if (kind == ClassScores.Probabilities || (kind == ClassScores.Automatic && AreProbabilities(values)))
            values.CopyTo(scores);
        else
            Softmax(values, scores);
    }

    /// <summary>exp(x - max) / sum of all; the sum in double precision.</summary>
    public static void Softmax(ReadOnlySpan<float> values, Span<float> scores)
    {
        var most = float.NegativeInfinity;
        foreach (var value in values) most = MathF.Max(most, value);
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) sum += scores[i] = MathF.Exp(values[i] - most);
        for (var i = 0; i < values.Length; i++) scores[i] = (float)(scores[i] / sum);
    }

    /// <summary>The error about scores that are not numbers.</summary>
    /// <param name="output">Name of the output.</param>
    /// <param name="image">Place of the image in the batch.</param>
    public static TensorException NotNumbers(string output, int image) => ModelError.Of(output,
        $"holds a value that is not a number, or infinite, for image {image}. A model in half precision may have overflowed, or "
        + "the image is not prepared as the model needs it.");

    /// <summary>Whether there is no NaN among scores; the softmax of infinite logits has some.</summary>
    public static bool AreNumbers(ReadOnlySpan<float> scores)
    {
        foreach (var score in scores)
            if (float.IsNaN(score)) return false;
        return true;
    }

    /// <summary>Finds the best classes in falling order of score; of equal scores the first class.</summary>
    /// <param name="scores">Scores of all classes.</param>
    /// <param name="classes">Takes the classes; its length is how many are wanted.</param>
    /// <returns>Number of classes found.</returns>
    public static int Best(ReadOnlySpan<float> scores, Span<int> classes)
    {
        var count = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (count == classes.Length && !(scores[i] > scores[classes[count - 1]])) continue;
            var at = count < classes.Length ? count++ : count - 1;
            for (; at > 0 && scores[i] > scores[classes[at - 1]]; at--) classes[at] = classes[at - 1];
            classes[at] = i;
        }

        return count;
    }

    private static bool AreProbabilities(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            if (!(value is >= 0 and <= 1)) return false;
            sum += value;
        }

        return Math.Abs(sum - 1) <= SumTolerance;
    }
}
