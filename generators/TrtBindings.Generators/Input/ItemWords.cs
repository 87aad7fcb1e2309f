using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Generators.Input;

/// <summary>The words that item metadata accepts, in the spelling of generated code and messages. Case does not matter.</summary>
internal static class ItemWords
{
    public const string TensorRt = "TensorRT";

    public static readonly string[] Visibilities = ["public", "internal"];
    public static readonly string[] Precisions = ["fp32", "fp16", "bf16"];
    public static readonly string[] Conversions = ["fp16", "bf16", "int8"];
    public static readonly string[] CalibrationMethods = ["MinMax", "Percentile", "Entropy", "MeanSquaredError"];
    public static readonly string[] Backends = [TensorRt, "OnnxRuntime"];

    /// <summary>The families of models, and heads.</summary>
    public static readonly string[] Tasks = [.. FamilyRules.Asked.Select(rule => rule.Task)];

    /// <summary>Finds a word and returns it in this spelling; <see langword="null"/> if it is none of them.</summary>
    public static string? Find(string[] words, string text) =>
        words.FirstOrDefault(w => string.Equals(w, text, StringComparison.OrdinalIgnoreCase));

    public static bool IsTensorRt(string backend) =>
        string.Equals(backend, TensorRt, StringComparison.OrdinalIgnoreCase);
}
