namespace TrtBindings.Vision;

/// <summary>Options of <see cref="ClassificationEngine{TLabel}"/>. The default input size is 224.</summary>
public sealed record ClassificationOptions : EngineOptions
{
    /// <summary>The most classes returned for one image, those with the best scores; at least 1.</summary>
    public int Top { get; set; } = 5;

    /// <summary>What the model's output holds.</summary>
    public ClassScores Scores { get; set; } = ClassScores.Automatic;

    internal override void Validate()
    {
        base.Validate();
        OptionCheck.Positive(Top, nameof(Top));
        OptionCheck.Defined(Scores, nameof(Scores));
    }
}

/// <summary>What a classification model's output holds.</summary>
public enum ClassScores
{
    /// <summary>
    /// What the loaded file's graph says: probabilities if its last operator is <c>Softmax</c>, <c>Sigmoid</c> or
    /// <c>HardSigmoid</c>, and logits if it is any other known operator. If the graph does not tell (a division, an exponential,
    /// an operator of another domain or inside a function), the values of each image decide: probabilities if all are in 0 to 1
    /// and their sum is within 0.1 of 1. Operators that only change type or shape are skipped.
    /// </summary>
    Automatic,
    /// <summary>Logits: the engine applies a softmax.</summary>
    Logits,
    /// <summary>Probabilities, or scores of classes that do not exclude each other: returned as they are.</summary>
    Probabilities,
}
