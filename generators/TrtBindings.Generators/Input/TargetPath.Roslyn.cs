using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators.Input;

/// <content>The path as the compiler gives it.</content>
internal static partial class TargetPath
{
    private const string Key = "build_metadata.AdditionalFiles.TrtTargetPath";

    /// <summary>True if an additional file is a model.</summary>
    public static bool IsModel(AdditionalText text) => text.Path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path that the package's targets set; without them the file name.</summary>
    public static string Of(AdditionalText text, AnalyzerConfigOptions options) =>
        options.TryGetValue(Key, out var path) && path.Length > 0
            ? OfMetadata(path)
            : Path.GetFileName(text.Path);

    /// <summary>Finds the model that is copied to a path.</summary>
    public static AdditionalText? Find(AnalyzerOptions options, string target) => options.AdditionalFiles.FirstOrDefault(text =>
        IsModel(text) && Of(text, options.AnalyzerConfigOptionsProvider.GetOptions(text)) == target);
}
