namespace TrtBindings.Generators.Input;

/// <summary>The path below the program's folder to which the build copies a model.</summary>
internal static partial class TargetPath
{
    /// <summary>The path that metadata holds: ResolveOnnxModels writes %XX for what the compiler would cut.</summary>
    public static string OfMetadata(string text) => Uri.UnescapeDataString(text.Replace('\\', '/'));
}
