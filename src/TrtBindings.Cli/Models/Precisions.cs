namespace TrtBindings.Cli.Models;

/// <summary>The words for precisions, and the precision that a file computes in.</summary>
internal static class Precisions
{
    private static readonly (string Word, ModelPrecision Precision)[] Words =
    [
        ("fp32", ModelPrecision.Float32), ("fp16", ModelPrecision.Float16), ("bf16", ModelPrecision.BFloat16),
        ("int8", ModelPrecision.Int8), ("fp8", ModelPrecision.Float8), ("model", ModelPrecision.AsInModel),
    ];

    /// <summary>All words.</summary>
    public static string All { get; } = string.Join(", ", Words.Select(one => one.Word));

    /// <summary>The precision of a word.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static ModelPrecision Parse(string word, string option)
    {
        foreach (var (known, precision) in Words)
            if (string.Equals(known, word, StringComparison.OrdinalIgnoreCase)) return precision;
        throw new UsageException($"{option} is '{word}', and the precisions are {All}.");
    }

    /// <summary>The word for a precision.</summary>
    public static string WordOf(ModelPrecision precision) => Words.First(one => one.Precision == precision).Word;

    /// <summary>
    /// The lowest precision that a file's nodes or weights have: quantized, BF16, FP16, or 32 bits. An engine does not tell.
    /// </summary>
    public static ModelPrecision Of(ModelDescription description)
    {
        if (description.Operators.Any(
            one => one.Name is "QuantizeLinear" or "DequantizeLinear" or "QLinearConv" or "ConvInteger"))
            return ModelPrecision.Int8;
        if (Has(description, ElementType.BFloat16)) return ModelPrecision.BFloat16;
        return Has(description, ElementType.Float16) ? ModelPrecision.Float16 : ModelPrecision.Float32;
    }

    private static bool Has(ModelDescription description, ElementType type) =>
        description.InitializerTypes.Any(one => one.ElementType == type)
        || description.Inputs.Concat(description.Outputs).Any(one => one.ElementType == type);
}
