namespace TrtBindings.TestSupport;

/// <summary>Paths of this repository, and of the folder with other people's models and pictures beside it.</summary>
public static class TestPaths
{
    /// <summary>The folder that holds TrtBindings.sln.</summary>
    public static string RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The folder <c>shared</c> beside the repository; <see langword="null"/> where it is absent.</summary>
    public static string? SharedRoot { get; } = FindSharedRoot();

    /// <summary>A file under <see cref="SharedRoot"/> (forward slashes); <see langword="null"/> if absent.</summary>
    public static string? FindShared(string relativePath)
    {
        if (SharedRoot is null) return null;
        var path = Path.Combine(SharedRoot, relativePath.Replace('/', Path.DirectorySeparatorChar));
        return Path.Exists(path) ? path : null;
    }

    private static string FindRepositoryRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "TrtBindings.sln"))) return folder;
        throw new InvalidOperationException($"No TrtBindings.sln above {AppContext.BaseDirectory}.");
    }

    private static string? FindSharedRoot()
    {
        var path = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared"));
        return Directory.Exists(path) ? path : null;
    }
}
