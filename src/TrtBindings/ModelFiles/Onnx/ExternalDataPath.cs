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
}
