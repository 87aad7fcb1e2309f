using TrtBindings.Interop.Native;

namespace TrtBindings.Interop.TensorRT.Discovery;

/// <summary>The places where TensorRT may be, in the order in which they are searched.</summary>
/// <param name="Windows">Whether the machine runs Windows.</param>
/// <param name="EnvironmentVariable">The value of <see cref="VariableName"/>: a file or a folder.</param>
/// <param name="Folders">Folders with their kind. They need not exist.</param>
internal sealed record TrtSearchPlaces(
    bool Windows, string? EnvironmentVariable, IReadOnlyList<(TrtLibrarySource Source, string Folder)> Folders)
{
    /// <summary>The environment variable that names a TensorRT.</summary>
    public const string VariableName = "TRTBINDINGS_TENSORRT";

    /// <summary>The places for this process.</summary>
    public static TrtSearchPlaces OfThisProcess()
    {
        var windows = OperatingSystem.IsWindows();
        return Of(windows, PlatformName.OfThisProcess(), "/", AppContext.BaseDirectory,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Environment.GetEnvironmentVariable);
    }

    /// <summary>The places for a machine.</summary>
    /// <param name="windows">Whether it runs Windows.</param>
    /// <param name="rid">The portable runtime identifier, for example <c>linux-x64</c>.</param>
    /// <param name="root">The root of its file system.</param>
    /// <param name="application">The folder of the application.</param>
    /// <param name="home">The home folder of the user; empty if there is none.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static TrtSearchPlaces Of(
        bool windows, string rid, string root, string application, string home, Func<string, string?> variable)
    {
        var folders = new List<(TrtLibrarySource, string)>();
        Add(TrtLibrarySource.Application, [application, Path.Combine(application, "runtimes", rid, "native")]);
        Add(TrtLibrarySource.LibraryPath, (variable(windows ? "PATH" : "LD_LIBRARY_PATH") ?? "")
            .Split(windows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted));
        foreach (var environment in new[] { variable("VIRTUAL_ENV"), variable("CONDA_PREFIX") })
            if (!string.IsNullOrEmpty(environment)) AddPython(environment, windows ? "Lib" : "lib");
        if (!windows)
        {
            if (home.Length > 0) AddPython(Path.Combine(home, ".local"), "lib");
            AddPython(Path.Combine(root, "usr", "local"), "lib");
            AddPython(Path.Combine(root, "usr"), "lib");
            var multiarch = rid.EndsWith("-arm64", StringComparison.Ordinal) ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
            Add(TrtLibrarySource.SystemPackage,
                new[] { Path.Combine("lib", multiarch), "lib64", "lib" }.Select(lib => Path.Combine(root, "usr", lib)));
            AddArchives(Path.Combine(root, "usr", "local"));
            AddArchives(Path.Combine(root, "opt"));
        }

        if (home.Length > 0) AddArchives(home);
        return new(windows, variable(VariableName) is { Length: > 0 } value ? value : null, folders);

        void Add(TrtLibrarySource source, IEnumerable<string> places) =>
            folders.AddRange(places.Select(place => (source, place)));

        void AddPython(string prefix, string lib)
        {
            // The newest Python comes first. Windows has one folder for all.
            var parent = Path.Combine(prefix, lib);
            var parents = windows ? [parent] : TrtFolders.Folders(parent, "python3*").Reverse();
            Add(TrtLibrarySource.PythonPackage, parents.SelectMany(python => new[] { "site-packages", "dist-packages" }
                .Select(site => Path.Combine(python, site, "tensorrt_libs"))));
        }

        void AddArchives(string parent) => Add(TrtLibrarySource.Archive,
            from folder in TrtFolders.Folders(parent, "TensorRT-*").Concat(TrtFolders.Folders(parent, "tensorrt"))
                .OrderByDescending(TrtFileNames.VersionOfArchive)
            from lib in new[] { "lib", "bin" }
            select Path.Combine(folder, lib));
    }
}

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
