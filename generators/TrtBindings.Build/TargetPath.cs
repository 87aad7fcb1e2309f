namespace TrtBindings.Build;

/// <summary>
/// The path of a model relative to the output folder: the build copies it there, and its class loads it from there.
/// </summary>
internal static class TargetPath
{
    /// <summary>
    /// <c>Link</c> if the item has one, otherwise the path within the project. For an item outside the project the SDK makes a
    /// <c>Link</c> from the part that a wildcard matched and the file name; where it does not, this method does the same.
    /// </summary>
    /// <param name="path">The item's full path.</param>
    /// <param name="link">Its metadata <c>Link</c>; empty if it has none.</param>
    /// <param name="wildcard">Its metadata <c>RecursiveDir</c>: the part that a wildcard matched.</param>
    /// <param name="projectDirectory">The folder of the project.</param>
    public static string Of(string path, string link, string wildcard, string projectDirectory) =>
        Normalize(link) is { Length: > 0 } linked
            ? linked
            : Below(projectDirectory, path) ?? Normalize(wildcard + Path.GetFileName(path));

    /// <summary>Folder of all models in the output folder. Each project has one of its own in it.</summary>
    public const string Folder = "onnx";

    /// <summary>
    /// The path below the output folder. A program's projects share that folder, and two of them often have a model of one
    /// name.
    /// </summary>
    public static string InProgram(string assembly, string target) => Folder + "/" + assembly + "/" + target;

    /// <summary>The path of a file with weights: relative to its model it stays the same.</summary>
    public static string Beside(string modelTarget, string modelPath, string dataPath)
    {
        var folder = modelTarget.Substring(0, modelTarget.LastIndexOf('/') + 1);
        return folder + Below(Path.GetDirectoryName(modelPath)!, dataPath);
    }

    private static string? Below(string folder, string path)
    {
        var prefix = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        var full = Path.GetFullPath(path);
        // Windows does not distinguish upper and lower case, and its tools write drive letters either way.
        var comparison = Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return full.StartsWith(prefix, comparison)
            ? full.Substring(prefix.Length).Replace(Path.DirectorySeparatorChar, '/')
            : null;
    }

    /// <summary>Writes a path with forward slashes, and removes every <c>..</c> that would leave the output folder.</summary>
    private static string Normalize(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', '\\'))
        {
            if (part is "" or ".") continue;
            if (part != "..") parts.Add(part);
            else if (parts.Count > 0) parts.RemoveAt(parts.Count - 1);
        }

        return string.Join("/", parts);
    }
}
