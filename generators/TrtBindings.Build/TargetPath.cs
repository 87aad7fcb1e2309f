using Microsoft.Build.Framework;

namespace TrtBindings.Build;

/// <summary>Where a model goes below the output folder. The generated class looks for it there.</summary>
internal static class TargetPath
{
    /// <summary>
    /// <c>Link</c> if the item has one, else the path within the project. The SDK gives an item outside the project a
    /// <c>Link</c> of its own, with what its wildcard matched and the file name; where it does not, the same is done here.
    /// </summary>
    public static string Of(ITaskItem item, string projectDirectory)
    {
        if (Normalize(item.GetMetadata("Link")) is { Length: > 0 } link) return link;
        var path = item.GetMetadata("FullPath");
        return Below(projectDirectory, path) ?? Normalize(item.GetMetadata("RecursiveDir") + Path.GetFileName(path));
    }

    /// <summary>The target of a file with weights, at the same place relative to its model.</summary>
    public static string Beside(string modelTarget, string modelPath, string dataPath)
    {
        var folder = modelTarget.Substring(0, modelTarget.LastIndexOf('/') + 1);
        return folder + Below(Path.GetDirectoryName(modelPath)!, dataPath);
    }

    private static string? Below(string folder, string path)
    {
        var prefix = Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        var full = Path.GetFullPath(path);
        return full.StartsWith(prefix, StringComparison.Ordinal)
            ? full.Substring(prefix.Length).Replace(Path.DirectorySeparatorChar, '/')
            : null;
    }

    /// <summary>Forward slashes, and never out of the folder that it is relative to.</summary>
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
