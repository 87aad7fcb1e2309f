namespace TrtBindings.ModelFiles.Onnx;

/// <summary>Finds external data files. The runtime, the generator and the build task share this rule.</summary>
internal static class ExternalDataPath
{
    /// <summary>The full path; <see langword="null"/> if the location is not inside the folder of the model.</summary>
    public static string? Find(string model, string location)
    {
        try
        {
            if (location.Length == 0 || Path.IsPathRooted(location)) return null;
            var folder = Path.GetDirectoryName(Path.GetFullPath(model))!;
            var path = Path.GetFullPath(Path.Combine(folder, location));
            var inside = folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            return path.StartsWith(inside, StringComparison.Ordinal) ? path : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or PathTooLongException)
        {
            // A location that is not a valid path is not inside the folder either.
            return null;
        }
    }

    /// <summary>
    /// Bytes of a file, of the file behind it if it is a link, as in the cache of a model hub; <see langword="null"/> if there is
    /// none.
    /// </summary>
    public static long? LengthOf(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return null;
        if ((file.Attributes & FileAttributes.ReparsePoint) == 0) return file.Length;
        try
        {
            // A link's own length is that of the path in it. netstandard2.0 has no call that resolves links.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            return stream.Length;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
