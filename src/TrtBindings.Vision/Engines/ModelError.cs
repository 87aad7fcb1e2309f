namespace TrtBindings.Vision.Engines;

/// <summary>Errors about a model that is not what its family's rule says.</summary>
internal static class ModelError
{
    /// <summary>The end of the compiler's error about a model that does not fit an engine.</summary>
    public const string SeeSummary = ". The summary of the model's class lists its tensors.";

    /// <summary>Throws if a model does not fit its engine.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rule">The rule of the family.</param>
    /// <param name="problem">What the rule says against it; <see langword="null"/> if nothing.</param>
    /// <exception cref="TensorException">There is a problem.</exception>
    public static void ThrowIf(IRunnableModel model, FamilyRule rule, string? problem)
    {
        if (problem is null) return;
        throw new TensorException(
            model.Signature.File, $"'{model.Signature.File}' does not fit {rule.Task}Engine: {problem}.");
    }

    /// <summary>A model that has no interface of the family, in a build without analyzers.</summary>
    public static NotSupportedException NotOf(object model, FamilyRule rule) => new(
        $"{model?.GetType().Name ?? "null"} is not a model for {rule.Task}Engine, which takes a model with {rule.Shapes}.");

    /// <summary>An output that the backend returned with other lengths than the family has.</summary>
    /// <param name="tensor">The output.</param>
    /// <param name="batch">Images of the run.</param>
    /// <param name="problem">What the rule says against it.</param>
    public static TensorException Unexpected(TensorBuffer tensor, int batch, string problem) =>
        Unexpected(tensor.Name, tensor.Lengths, batch, problem);

    /// <inheritdoc cref="Unexpected(TensorBuffer, int, string)"/>
    public static TensorException Unexpected(string name, ReadOnlySpan<nint> lengths, int batch, string problem) =>
        Of(name, $"came back as [{string.Join(", ", lengths.ToArray())}] for a batch of {batch}: it {problem}.");

    /// <summary>An output with a type or a value that the family does not have.</summary>
    /// <param name="tensor">The output.</param>
    /// <param name="problem">The rest of a sentence that starts with its name.</param>
    public static TensorException Of(TensorBuffer tensor, string problem) => Of(tensor.Name, problem);

    /// <inheritdoc cref="Of(TensorBuffer, string)"/>
    public static TensorException Of(string name, string problem) => new(name, $"'{name}' {problem}");
}
