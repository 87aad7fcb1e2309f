namespace TrtBindings;

/// <summary>
/// Where inside a model an engine begins to stray from its reference. Found by building the engine again with values between its
/// layers as further outputs, and halving.
/// </summary>
/// <param name="Explanation">What was found, or why nothing was, as sentences.</param>
/// <param name="Builds">Engines that were built for it.</param>
public sealed record LayerSearchResult(string Explanation, int Builds)
{
    /// <summary>
    /// Name of the node whose value strays first, or its operator if it has no name; empty if none was found. Where
    /// <see cref="IsExact"/> is false, a node between <see cref="LastAgreeing"/> and this one may be meant.
    /// </summary>
    public string Node { get; init; } = "";

    /// <summary>ONNX name of its value; empty if none was found.</summary>
    public string Tensor { get; init; } = "";

    /// <summary>
    /// ONNX name of the last value before it that agrees with the reference; empty if only the inputs of the model are before it.
    /// </summary>
    public string LastAgreeing { get; init; } = "";

    /// <summary>True if every value that the node reads agrees.</summary>
    public bool IsExact { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Explanation;
}
