namespace TrtBindings.Interop.TensorRT.Discovery;

/// <summary>Lists folders that may be missing, or that this user may not read.</summary>
internal static class TrtFolders
{
    /// <summary>Hidden files are listed too, because unpacking an archive can hide any file.</summary>
    private static readonly EnumerationOptions Patient = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <summary>The full paths of the matching files, ordered by name.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, Patient).Order(StringComparer.Ordinal) : [];

    /// <summary>The full paths of the matching folders, ordered by name.</summary>
    public static IEnumerable<string> Folders(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern, Patient).Order(StringComparer.Ordinal) : [];
}
