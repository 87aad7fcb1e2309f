namespace TrtBindings;

/// <summary>How <see cref="ModelConversion"/> converts a model.</summary>
public class ConversionOptions
{
    /// <summary>Options that keep what <see cref="DefaultKeptOperators"/> lists.</summary>
    public ConversionOptions()
    {
    }

    /// <summary>Other options with other operators to keep.</summary>
    private protected ConversionOptions(ConversionOptions other, IReadOnlyCollection<string> keepOperators)
    {
        KeepOperators = keepOperators;
        (ConvertInputs, ConvertOutputs, ConvertOperators) = (other.ConvertInputs, other.ConvertOutputs, other.ConvertOperators);
        (KeepNodes, Samples, CheckUpToBytes) = (other.KeepNodes, other.Samples, other.CheckUpToBytes);
        (TensorRtReleases, ComputeCapability) = (other.TensorRtReleases, other.ComputeCapability);
    }

    /// <summary>
    /// True to give the model's inputs the new type too. False keeps their types, so that the generated class stays the same.
    /// </summary>
    public bool ConvertInputs { get; init; }

    /// <summary>True to give the model's outputs the new type too. False keeps their types.</summary>
    public bool ConvertOutputs { get; init; }

    /// <summary>
    /// Operators that stay in 32 bits, by their ONNX names such as <c>Softmax</c>, beside those that
    /// <see cref="DefaultKeptOperators"/> lists. <c>If</c>, <c>Loop</c> and <c>Scan</c> keep all that is in them. Case counts.
    /// One that no node has is an error.
    /// </summary>
    public IReadOnlyCollection<string> KeepOperators { get; init; } = [];

    /// <summary>
    /// Operators of <see cref="DefaultKeptOperators"/> to convert all the same. One that no node has is an error.
    /// </summary>
    public IReadOnlyCollection<string> ConvertOperators { get; init; } = [];

    /// <summary>
    /// Nodes that stay in 32 bits, by patterns of their names: <c>*</c> is any text, <c>?</c> one character, such as
    /// <c>/model.22/*</c>. Case counts. A pattern that no node has is an error.
    /// </summary>
    public IReadOnlyCollection<string> KeepNodes { get; init; } = [];

    /// <summary>
    /// Typical inputs. The model runs on them in 32 bits, and values that reach beyond FP16 or lie below its smallest normal
    /// number stay in 32 bits; the result runs on the first of them. Without samples only operators, patterns and constants
    /// decide.
    /// </summary>
    public IEnumerable<ModelSample> Samples { get; init; } = [];

    /// <summary>
    /// The result is loaded by ONNX Runtime at every optimization level if its weights have at most so many bytes; 0 never does.
    /// Larger ones would need as much memory. 256 MiB by default.
    /// </summary>
    public long CheckUpToBytes { get; init; } = 256L << 20;

    /// <summary>
    /// The releases of TensorRT that will build the file, such as <c>new Version(11, 1)</c>. What one of them computes wrong or
    /// not at all in the new type stays in a wider one. Without any, so does what any known release has trouble with.
    /// </summary>
    public IReadOnlyCollection<Version> TensorRtReleases { get; init; } = [];

    /// <summary>
    /// The compute capability of the GPU that will run it, such as <c>new Version(8, 9)</c>; <see langword="null"/> if that is
    /// not known. FP8 is refused where the GPU has none.
    /// </summary>
    public Version? ComputeCapability { get; init; }

    /// <summary>Every option that keeps nodes by patterns of their names.</summary>
    internal virtual IEnumerable<(string Option, IReadOnlyCollection<string> Names)> PatternsToKeep =>
        [(nameof(KeepNodes), KeepNodes)];

    /// <summary>Every option that keeps nodes by their operators.</summary>
    internal virtual IEnumerable<(string Option, IReadOnlyCollection<string> Names)> OperatorsToKeep =>
        [(nameof(KeepOperators), KeepOperators)];

    /// <summary>The same options with other operators to keep.</summary>
    internal ConversionOptions With(IReadOnlyCollection<string> keepOperators) => new(this, keepOperators);

    /// <summary>Operators that stay in 32 bits by default, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> DefaultKeptOperators { get; } = new Dictionary<string, string>
    {
        ["CumSum"] = "a running sum outgrows 11 bits",
        ["DFT"] = "sums over the whole signal",
        ["GridSample"] = "places need more than 11 bits",
        ["AffineGrid"] = "places need more than 11 bits",
        ["LpNormalization"] = "squares leave the range of FP16",
        ["MeanVarianceNormalization"] = "squares leave the range of FP16",
        ["NonMaxSuppression"] = "takes nothing but 32 bits",
        ["Range"] = "counts beyond 2048 have no FP16",
        ["ReduceL2"] = "squares leave the range of FP16",
        ["ReduceLogSum"] = "a sum outgrows 11 bits",
        ["ReduceLogSumExp"] = "exponentials leave the range of FP16",
        ["ReduceProd"] = "products leave the range of FP16",
        ["ReduceSumSquare"] = "squares leave the range of FP16",
        ["RoiAlign"] = "places in the picture need more than 11 bits",
        ["STFT"] = "sums over the whole signal",
    };
}
