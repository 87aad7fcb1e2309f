namespace TrtBindings.Interop.TensorRT;

/// <summary>What lies in folders that may be missing or closed to this user.</summary>
internal static class TrtFolders
{
    /// <summary>Hidden files count: unpacking an archive can make any file one.</summary>
    private static readonly EnumerationOptions Patient = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    /// <summary>Full paths of the files that match, in the order of their names.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetFiles(folder, pattern, Patient).Order(StringComparer.Ordinal) : [];

    /// <summary>Full paths of the folders that match, in the order of their names.</summary>
    public static IEnumerable<string> Folders(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.GetDirectories(folder, pattern, Patient).Order(StringComparer.Ordinal) : [];
}
