using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators;

/// <summary>Where the build copies a model to, below the program's folder.</summary>
internal static class TargetPath
{
    private const string Key = "build_metadata.AdditionalFiles.TrtTargetPath";

    /// <summary>Whether an additional file is a model.</summary>
    public static bool IsModel(AdditionalText text) => text.Path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Without the package's targets, which say where the file is copied to, that is its bare name.</summary>
    public static string Of(AdditionalText text, AnalyzerConfigOptions options) =>
        options.TryGetValue(Key, out var path) && path.Length > 0 ? path.Replace('\\', '/') : Path.GetFileName(text.Path);

    /// <summary>The model that is copied to a path.</summary>
    public static AdditionalText? Find(AnalyzerOptions options, string target) => options.AdditionalFiles.FirstOrDefault(text =>
        IsModel(text) && Of(text, options.AnalyzerConfigOptionsProvider.GetOptions(text)) == target);
}
