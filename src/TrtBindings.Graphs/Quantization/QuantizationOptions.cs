namespace TrtBindings;

/// <summary>
/// How <see cref="ModelConversion.Quantize"/> quantizes a model. Nodes that <see cref="ConversionOptions.KeepNodes"/> and
/// <see cref="ConversionOptions.KeepOperators"/> name stay in 32 bits and are not quantized;
/// <see cref="ConversionOptions.Samples"/> are read one at a time, so they may be a query that prepares pictures.
/// </summary>
public sealed class QuantizationOptions : ConversionOptions
{
    /// <summary>INT8 with the rest in FP16.</summary>
    public QuantizationOptions()
    {
    }

    private QuantizationOptions(QuantizationOptions other, IReadOnlyCollection<string> keepOperators)
        : base(other, keepOperators)
    {
        (Type, Rest, RestOperators, RestNodes) = (other.Type, other.Rest, other.RestOperators, other.RestNodes);
        (Method, Percentile) = (other.Method, other.Percentile);
        (CalibrationTable, Concat, Task) = (other.CalibrationTable, other.Concat, other.Task);
    }

    /// <summary>
    /// <see cref="ElementType.Int8"/> or <see cref="ElementType.Float8E4M3FN"/>, which is for GPUs of compute capability 8.9 and
    /// later.
    /// </summary>
    public ElementType Type { get; init; } = ElementType.Int8;

    /// <summary>
    /// What the nodes that are not quantized compute in: <see cref="ElementType.Float16"/>, <see cref="ElementType.BFloat16"/> or
    /// <see cref="ElementType.Float"/>. With float32 an engine is often slower than one of FP16 alone.
    /// </summary>
    public ElementType Rest { get; init; } = ElementType.Float16;

    /// <summary>
    /// Operators that are not quantized and compute in <see cref="Rest"/>, by their ONNX names. One that no node has is an error.
    /// </summary>
    public IReadOnlyCollection<string> RestOperators { get; init; } = [];

    /// <summary>
    /// Nodes that are not quantized and compute in <see cref="Rest"/>, by patterns as in
    /// <see cref="ConversionOptions.KeepNodes"/>. What the head of a model family must keep is found without being named here.
    /// </summary>
    public IReadOnlyCollection<string> RestNodes { get; init; } = [];

    /// <summary>
    /// Word for the model's family, as <c>TrtTask</c> on an item has it, such as <c>YoloDetect</c>. Needed only where shapes and
    /// metadata do not tell the family: its head is what is not quantized.
    /// </summary>
    public string? Task { get; init; }

    /// <summary>
    /// How the largest number of each tensor is chosen from what the samples give. The default is the one that loses least over
    /// the models of this repository, and FP8 has it too.
    /// </summary>
    public CalibrationMethod Method { get; init; } = CalibrationMethod.MeanSquaredError;

    /// <summary>
    /// Share of a tensor's magnitudes, in percent, that <see cref="CalibrationMethod.Percentile"/> keeps inside the range; above
    /// 0, at most 100.
    /// </summary>
    public double Percentile { get; init; } = 99.99;

    /// <summary>
    /// Path of the calibration table: a text with the range of each tensor. If it exists it is read, and no samples are needed;
    /// otherwise it is written. <see langword="null"/> for no table.
    /// </summary>
    public string? CalibrationTable { get; init; }

    /// <summary>Where a Concat is quantized.</summary>
    public ConcatQuantization Concat { get; init; } = ConcatQuantization.Inputs;

    /// <inheritdoc/>
    internal override IEnumerable<(string Option, IReadOnlyCollection<string> Names)> PatternsToKeep =>
        [.. base.PatternsToKeep, (nameof(RestNodes), RestNodes)];

    /// <inheritdoc/>
    internal override IEnumerable<(string Option, IReadOnlyCollection<string> Names)> OperatorsToKeep =>
        [.. base.OperatorsToKeep, (nameof(RestOperators), RestOperators)];

    /// <summary>The same options with other operators to keep.</summary>
    internal new QuantizationOptions With(IReadOnlyCollection<string> keepOperators) => new(this, keepOperators);
}

/// <summary>Where <see cref="ModelConversion.Quantize"/> quantizes a Concat.</summary>
public enum ConcatQuantization
{
    /// <summary>Before it, all inputs by one scale: the Concat moves bytes.</summary>
    Inputs,

    /// <summary>After it: the Concat moves numbers of <see cref="QuantizationOptions.Rest"/>.</summary>
    Output,
}
