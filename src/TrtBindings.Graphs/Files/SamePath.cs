namespace TrtBindings.Graphs.Files;

/// <summary>
/// Whether paths lead to one file, whatever they look like: relative or not, through links of files and of folders, and without
/// case on systems that have none.
/// </summary>
internal static class SamePath
{
    /// <summary>Whether both lead to one file. Neither need be there.</summary>
    public static bool Is(string one, string two) => IsEqual(Real(Path.GetFullPath(one)), Real(Path.GetFullPath(two)));

    /// <summary>
    /// Whether writing one file under a temporary name and renaming it replaces the other. A link of the written name is replaced
    /// and not followed.
    /// </summary>
    public static bool Replaces(string written, string read)
    {
        var (name, other) = (InRealFolder(Path.GetFullPath(written)), Path.GetFullPath(read));
        return IsEqual(InRealFolder(other), name) || IsEqual(Real(other), name);
    }

    private static bool IsEqual(string one, string two) => string.Equals(one, two,
        OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <summary>A file's own name in the folder that its links lead to.</summary>
    private static string InRealFolder(string path) =>
        Path.GetDirectoryName(path) is { } folder ? Path.Combine(Real(folder), Path.GetFileName(path)) : path;

    /// <summary>A path without links. What is not there has none.</summary>
    private static string Real(string path)
    {
        // A root is no link, and Windows has no entry to ask for one.
        if (Path.GetDirectoryName(path) is null) return path;
        var real = InRealFolder(path);
        FileSystemInfo entry = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
        return entry.Exists && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : real;
    }
}
