using System.Globalization;
using System.Text;

namespace TrtBindings;

/// <summary>What <see cref="ModelConversion"/> did. <see cref="ToString"/> is a text for a log.</summary>
public sealed class ConversionReport
{
    /// <summary>Full path of the model that was read.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// SHA-256 of the source in hexadecimal digits: of the .onnx, or, if it has external data, of that hash followed by the data
    /// of every external tensor in the order of the .onnx.
    /// </summary>
    public required string SourceHash { get; init; }

    /// <summary>Full path of the model that was written.</summary>
    public required string Target { get; init; }

    /// <summary>
    /// The new type: <see cref="ElementType.Float16"/> or <see cref="ElementType.BFloat16"/>; of a quantized model
    /// <see cref="ElementType.Int8"/> or <see cref="ElementType.Float8E4M3FN"/>.
    /// </summary>
    public required ElementType Type { get; init; }

    /// <summary>What all else computes in, in a quantized model; otherwise the same as <see cref="Type"/>.</summary>
    public ElementType Rest { get => field == ElementType.Undefined ? Type : field; init; }

    /// <summary>Nodes that compute with quantized inputs now; 0 if nothing was to be quantized.</summary>
    public int QuantizedNodes { get; init; }

    /// <summary>
    /// Nodes that could have been quantized and are not, each with the reason; empty if nothing was to be quantized.
    /// </summary>
    public IReadOnlyList<KeptNode> Unquantized { get; init; } = [];

    /// <summary>
    /// Where the ranges of a quantized model come from: the method and its samples, or the table. <see langword="null"/> if
    /// nothing was to be quantized.
    /// </summary>
    public string? Calibration { get; init; }

    /// <summary>Full path of the calibration table that was read or written, if there is one.</summary>
    public string? CalibrationTable { get; init; }

    /// <summary>Nodes that compute in the new type now; of a quantized model those that compute in <see cref="Rest"/>.</summary>
    public required int ConvertedNodes { get; init; }

    /// <summary>Floating-point nodes that stayed as they were, each with the reason.</summary>
    public required IReadOnlyList<KeptNode> Kept { get; init; }

    /// <summary>Cast nodes that were added.</summary>
    public required int AddedCasts { get; init; }

    /// <summary>BatchNormalization nodes that went into the convolution before them.</summary>
    public required int FoldedBatchNormalizations { get; init; }

    /// <summary>
    /// Samples that ranges were measured on; 0 if only operators, patterns and constants decided, or if a calibration table was
    /// read.
    /// </summary>
    public required int Samples { get; init; }

    /// <summary>How the result was checked, one line for each check; or why it was not.</summary>
    public required IReadOnlyList<string> Checks { get; init; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Target}: {Type.OnnxName()} made from {Source}");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"  {ConvertedNodes} nodes converted, {Kept.Count} kept, {AddedCasts} casts "
            + $"added, {FoldedBatchNormalizations} batch normalizations folded");
        if (Calibration is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {QuantizedNodes} nodes quantized, the rest in {Rest.OnnxName()}");
            text.AppendLine(CultureInfo.InvariantCulture,
                $"  calibrated by {Calibration}{(CalibrationTable is null ? "" : $": {CalibrationTable}")}");
        }
        else if (Samples > 0) text.AppendLine(CultureInfo.InvariantCulture, $"  ranges measured on {Samples} samples");
        else text.AppendLine("  no samples: operators, patterns and constants decided, ranges of values were not measured");
        Append(text, "not quantized", Unquantized);
        Append(text, "kept", Kept);
        foreach (var check in Checks) text.AppendLine(CultureInfo.InvariantCulture, $"  check: {check}");
        return text.ToString();
    }

    private static void Append(StringBuilder text, string what, IReadOnlyList<KeptNode> nodes)
    {
        foreach (var group in nodes.GroupBy(node => (node.Operator, node.Reason)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {what}: {group.Count()} {group.Key.Operator} "
                + $"({group.First().Node}{(group.Count() > 1 ? ", …" : "")}): {group.Key.Reason}");
        }
    }
}

/// <summary>A node that stayed in its type.</summary>
/// <param name="Node">Its name; that of its first output if it has none.</param>
/// <param name="Operator">Its operator.</param>
/// <param name="Reason">Why.</param>
public sealed record KeptNode(string Node, string Operator, string Reason);
