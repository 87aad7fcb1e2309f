namespace TrtBindings;

/// <summary>
/// Compares what a program reads from the outputs of an engine with what it reads from those of the reference: objects, classes,
/// maps. <c>VisionParity</c> of TrtBindings.Vision does it for the families that have an engine there.
/// </summary>
public interface IResultParity
{
    /// <summary>What is read from the outputs of a model, such as the name of its family.</summary>
    /// <param name="model">What the file says.</param>
    /// <returns><see langword="null"/> for a model whose outputs are not read; it is compared by its numbers only.</returns>
    string? NameOf(ModelDescription model);

    /// <summary>Compares one run. Called on the thread that builds, after the numbers of the run were compared.</summary>
    /// <param name="model">A model that <see cref="NameOf"/> has a name for.</param>
    /// <param name="inputs">The inputs of both, in the order of the file, as <see cref="InputTensor{T}"/>.</param>
    /// <param name="reference">The outputs of the reference, as <see cref="OutputTensor{T}"/>.</param>
    /// <param name="engine">Those of the engine.</param>
    /// <param name="tolerance">What results may differ by.</param>
    /// <returns>A result for each kind of thing that was compared.</returns>
    IReadOnlyList<ResultParity> Compare(
        ModelDescription model, TensorSet inputs, TensorSet reference, TensorSet engine, ParityTolerance tolerance);
}

/// <summary>How near the results of an engine came to those of the reference in one run.</summary>
/// <param name="Part">What was compared, such as <c>finds</c> or <c>masks</c>.</param>
/// <param name="Count">How many of it.</param>
public sealed record ResultParity(string Part, long Count)
{
    /// <summary>Largest difference, in the unit of <see cref="Range"/>: pixels, or a score.</summary>
    public double Largest { get; init; }

    /// <summary>What the difference is a share of: the longer side of the picture, or 1.</summary>
    public double Range { get; init; } = 1;

    /// <summary>
    /// Share of what is the same: finds, pixels, decided classes; or the least overlap. <see langword="null"/> if none is meant.
    /// </summary>
    public double? Agreement { get; init; }

    /// <summary>Index of the worst picture of the batch.</summary>
    public int? Picture { get; init; }

    /// <summary>
    /// What is beyond the tolerance: which find or class, and by how much; <see langword="null"/> if nothing is.
    /// </summary>
    public string? Problem { get; init; }
}
