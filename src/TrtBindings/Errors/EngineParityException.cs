using TrtBindings.Errors;

namespace TrtBindings;

/// <summary>
/// An engine does not answer as the reference does, or could not be compared. It was not kept in the cache. What may differ and
/// what happens then are <c>TensorRtOptions.Parity</c>.
/// </summary>
public sealed class EngineParityException : TrtBindingsException
{
    /// <summary>As <c>OutputParity.ResultsName</c>.</summary>
    private const string Results = "results";

    /// <summary>An error of one engine.</summary>
    /// <param name="model">The model's path, or a description if it came from memory.</param>
    /// <param name="output">
    /// ONNX name of the first output that strays; <c>results</c> for what is read from all of them; empty if nothing was
    /// compared.
    /// </param>
    /// <param name="size">The sizes of that run, such as <c>batch=4</c>.</param>
    /// <param name="batchItem">Index of the item of the batch; <see langword="null"/> without a batch.</param>
    /// <param name="problem">The figure and the tolerance, or why nothing was compared.</param>
    public EngineParityException(string model, string output, string size, int? batchItem, string problem)
        : base(Describe(model, output, size, batchItem, problem)) =>
        (Model, Output, Size, BatchItem, Problem) = (model, output, size, batchItem, problem);

    /// <summary>The model's path, or a description if it came from memory.</summary>
    public string Model { get; }

    /// <summary>
    /// ONNX name of the first output that strays; <c>results</c> for what is read from all of them; empty if nothing was
    /// compared.
    /// </summary>
    public string Output { get; }

    /// <summary>The sizes of that run, such as <c>batch=4</c>; empty for a model without dynamic dimensions.</summary>
    public string Size { get; }

    /// <summary>Index of the item of the batch that strays most; <see langword="null"/> without a batch.</summary>
    public int? BatchItem { get; }

    /// <summary>The figure with its place and the tolerance, or why nothing was compared.</summary>
    public string Problem { get; }

    /// <summary>
    /// What a search for the first layer that strays found; <see langword="null"/> if there was none
    /// (<c>ParityOptions.LayerSearchBuilds</c>).
    /// </summary>
    public LayerSearchResult? Search { get; init; }

    /// <summary>
    /// When an engine by the same model, options, TensorRT, GPU and driver was refused, if a load has met that verdict in the
    /// cache and nothing was built now; <see langword="null"/> if it was built now.
    /// </summary>
    public DateTimeOffset? RefusedAt { get; internal init; }

    /// <summary>The message of that time.</summary>
    internal string Said { get; init; } = "";

    /// <inheritdoc/>
    public override string Message => RefusedAt is { } time ? RememberedRefusal.Describe(Said, time)
        : Search is null ? base.Message : $"{base.Message} {Search.Explanation}";

    private static string Describe(string model, string output, string size, int? item, string problem)
    {
        if (output.Length == 0)
        {
            return $"The engine of '{model}' could not be compared with the reference and was not kept: {problem} Or set "
                + "TensorRtOptions.Parity.Policy to ParityPolicy.Warn or ParityPolicy.Off to use it unseen.";
        }

        var what = output == Results ? "What is read from its outputs" : $"Output '{output}'";
        var where = (size.Length > 0 ? $" at {size}" : "") + (item is { } index ? $", item {index} of the batch" : "");
        return $"The engine of '{model}' does not answer as the reference does, and was not kept. {what}{where}: "
            + $"{problem}. Build again or with another precision; if the difference is right for your model, raise "
            + "TensorRtOptions.Parity.Tolerance, or set TensorRtOptions.Parity.Policy to ParityPolicy.Warn.";
    }
}
