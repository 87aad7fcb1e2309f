namespace TrtBindings.Vision;

/// <summary>What a classification model gives for each class.</summary>
public enum ClassScores
{
    /// <summary>
    /// What the loaded file's graph says: probabilities if its last operator is <c>Softmax</c>, <c>Sigmoid</c> or
    /// <c>HardSigmoid</c>, logits if it is any other that is known. Where the graph does not tell (a division, an exponential,
    /// an operator of another domain or inside a function), each picture's values decide: probabilities if all are in 0 to 1
    /// and their sum is within 0.1 of 1. Operators that only change type or shape do not count.
    /// </summary>
    Automatic,
    /// <summary>Logits: the engine applies a softmax.</summary>
    Logits,
    /// <summary>Probabilities, or scores of classes that do not exclude each other: the engine takes them as they are.</summary>
    Probabilities,
}
