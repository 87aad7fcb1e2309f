using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace TrtBindings;

/// <summary>
/// How an engine answered beside the reference. It belongs to the bytes of one engine: two builds with the same options differ.
/// It is kept beside the engine in the cache. <see cref="ToString"/> is a text for a log.
/// </summary>
public sealed record ParityReport
{
    /// <summary>What answered as the reference, such as <c>ONNX Runtime 1.31.1 (CPU)</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>The precision whose tolerance was taken.</summary>
    public required ModelPrecision Precision { get; init; }

    /// <summary>What outputs may differ by.</summary>
    public required ParityTolerance Tolerance { get; init; }

    /// <summary>True if the application gave the inputs (<see cref="ParityOptions.Samples"/>).</summary>
    public bool HasSamples { get; init; }

    /// <summary>
    /// What was read from the outputs and compared too (<see cref="ParityOptions.Results"/>), such as
    /// <c>YoloSeg, Dense, 80 classes</c>; <see langword="null"/> if numbers only were compared.
    /// </summary>
    public string? Results { get; init; }

    /// <summary>
    /// The family of the model, such as <c>YoloSeg</c>; <see langword="null"/> if none is recognised. Without
    /// <see cref="Results"/>, what such a model finds was not compared, and <see cref="ToString"/> says so.
    /// </summary>
    public string? Family { get; init; }

    /// <summary>A result for each part of each output, at each size.</summary>
    public IReadOnlyList<OutputParity> Outputs { get; init; } = [];

    /// <summary>Why nothing was compared; <see langword="null"/> if it was.</summary>
    public string? NotCompared { get; init; }

    /// <summary>The first result that is beyond the tolerance, or <see langword="null"/>.</summary>
    [JsonIgnore]
    public OutputParity? Failure => Outputs.FirstOrDefault(output => !output.Passed);

    /// <summary>True if every output was compared and is within the tolerance.</summary>
    [JsonIgnore]
    public bool Passed => NotCompared is null && Failure is null;

    /// <inheritdoc/>
    public override string ToString()
    {
        if (NotCompared is not null) return $"not compared: {NotCompared}";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"compared with {Reference} as {Precision}, on {(HasSamples ? "samples of the application" : "drawn inputs")}")
            .Append(Results is not null ? $", and as {Results}: " : Family is null ? ": "
                : $", by numbers only (TensorRtOptions.Parity.Results compares what a {Family} model finds too): ");
        text.Append(Passed ? "within the tolerance" : "beyond the tolerance");
        foreach (var output in Outputs) text.AppendLine().Append("  ").Append(output);
        return text.ToString();
    }
}
