using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Quantization;

/// <summary>
/// Decides which nodes of a model compute in INT8 or FP8, and which values are quantized for them. Only the main graph: what is
/// inside If, Loop and Scan is not calibrated.
/// </summary>
internal sealed class QuantizationPlan
{
    private QuantizationPlan(Draft draft, QuantizationOptions options) => (_, _) = (draft, options);

    /// <summary>
    /// Names of the values that need a range, in the order in which the graph makes them. They are the names of the model after
    /// <see cref="Make"/>.
    /// </summary>
    public IReadOnlyList<string> Tensors { get; } = [];

    /// <summary>Nodes that compute with quantized inputs.</summary>
    public int QuantizedNodes { get; }

    /// <summary>Nodes that could have been quantized or belong to a head, each with the reason why they are not.</summary>
    public IReadOnlyList<KeptNode> Kept { get; } = [];

    /// <summary>BatchNormalization nodes that went into the convolution before them.</summary>
    public int FoldedBatchNormalizations { get; }

    /// <summary>
    /// Raises the operator set as far as the types need it, folds batch normalizations, and decides. The draft can be written and
    /// run afterwards: it still is the model of the file.
    /// </summary>
    /// <exception cref="ModelOptionException">A pattern that no node has, or a type that is none for this.</exception>
    /// <exception cref="ModelConversionException">The operator set cannot be raised.</exception>
    public static QuantizationPlan Make(Draft draft, QuantizationOptions options) => new(draft, options);

    /// <summary>
    /// Writes QuantizeLinear and DequantizeLinear nodes and weights of 8 bits, then converts the rest to
    /// <see cref="QuantizationOptions.Rest"/>.
    /// </summary>
    /// <param name="draft">The draft of <see cref="Make"/>.</param>
    /// <param name="amaxByTensor">The largest magnitude of each of <see cref="Tensors"/> that is to be kept.</param>
    /// <param name="constants">For ranges of constants.</param>
    /// <param name="measured">The largest magnitude of values that were measured, for the rest in FP16; may be empty.</param>
    public QuantizationResult Rewrite(
        Draft draft, IReadOnlyDictionary<string, float> amaxByTensor, TensorRanges constants,
        IReadOnlyDictionary<Value, float> measured) => throw new NotSupportedException();
}

/// <summary>What <see cref="QuantizationPlan.Rewrite"/> did to the rest of the model.</summary>
/// <param name="ConvertedNodes">Nodes that compute in the type of the rest.</param>
/// <param name="Kept">Nodes that stay in 32 bits, each with the reason.</param>
/// <param name="AddedCasts">Cast nodes that were added.</param>
internal sealed record QuantizationResult(int ConvertedNodes, IReadOnlyList<KeptNode> Kept, int AddedCasts);
