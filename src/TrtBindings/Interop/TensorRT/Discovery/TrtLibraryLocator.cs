using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT.Discovery;

/// <summary>Finds the TensorRT to use. It only looks at files; the caller loads them.</summary>
/// <param name="places">The places to look in.</param>
/// <param name="systemLoader">
/// Asks the system's loader for the full path of a plain name such as <c>libnvinfer.so.10</c>; <see langword="null"/> if the
/// loader does not find it. It is asked last.
/// </param>
internal sealed class TrtLibraryLocator(TrtSearchPlaces places, Func<string, string?> systemLoader)
{
    /// <summary>The name of the library in errors.</summary>
    public const string PlainName = "nvinfer";

    private static readonly string Fix =
        $"Install TensorRT {TrtReleases.Text("or")}, or say where it is with TensorRtOptions.LibraryPath or the "
        + $"environment variable {TrtSearchPlaces.VariableName} (the file, or its folder).";

    private readonly TrtFileNames _names = new(places.Windows);

    /// <summary>Finds the TensorRT that is named, or else the first that is there.</summary>
    /// <param name="requested">A file or a folder from the options; <see langword="null"/> to search.</param>
    /// <exception cref="NativeLibraryException">
    /// There is no TensorRT, or none where the option or the environment variable says.
    /// </exception>
    public TrtInstallation Locate(string? requested)
    {
        if (requested is not null) return Named(requested, TrtLibrarySource.Option, "TensorRtOptions.LibraryPath");
        if (places.EnvironmentVariable is { } named)
        {
            return Named(named, TrtLibrarySource.EnvironmentVariable, $"The environment variable {TrtSearchPlaces.VariableName}");
        }

        var tried = new List<string>();
        foreach (var (source, folder) in places.Folders)
            if (InFolder(folder, tried) is { } library) return TrtSiblings.Of(_names, library, source);
        foreach (var name in _names.OfAllMajors(PlainName))
        {
            tried.Add(name);
            if (systemLoader(name) is { } library) return TrtSiblings.Of(_names, library, TrtLibrarySource.SystemLoader);
        }

        throw new NativeLibraryException(
            PlainName, $"TensorRT's library was not found. Tried: {string.Join(", ", tried)}. {Fix}", tried);
    }

    /// <summary>Every TensorRT in the places, in their order. Two names of one file count once.</summary>
    public static IEnumerable<TrtInstallation> All(TrtSearchPlaces places)
    {
        var names = new TrtFileNames(places.Windows);
        IEnumerable<(TrtLibrarySource Source, string Folder)> folders = places.Folders;
        if (places.EnvironmentVariable is { } named)
        {
            var folder = File.Exists(named) ? Path.GetDirectoryName(Path.GetFullPath(named))! : Path.GetFullPath(named);
            folders = [(TrtLibrarySource.EnvironmentVariable, folder),
                (TrtLibrarySource.EnvironmentVariable, Path.Combine(folder, places.Windows ? "bin" : "lib")), .. folders];
        }

        var seen = new HashSet<string>();
        foreach (var (source, folder) in folders)
        {
            foreach (var path in names.OfAllMajors(PlainName).Select(name => Path.Combine(folder, name)).Where(File.Exists))
            {
                var real = new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
                if (seen.Add(real)) yield return TrtSiblings.Of(names, path, source);
            }
        }
    }

    private TrtInstallation Named(string value, TrtLibrarySource source, string what)
    {
        var path = Path.GetFullPath(value);
        var tried = new List<string> { path };
        if (File.Exists(path)) return TrtSiblings.Of(_names, path, source);
        if (!Directory.Exists(path))
        {
            throw new NativeLibraryException(PlainName, $"{what} is '{value}', and there is no such file or folder. Correct it, "
                + "or leave it unset to search the usual places.", tried);
        }

        tried.Clear();
        var library = InFolder(path, tried) ?? InFolder(Path.Combine(path, places.Windows ? "bin" : "lib"), tried);
        return library is not null
            ? TrtSiblings.Of(_names, library, source)
            : throw new NativeLibraryException(PlainName, $"{what} is '{value}', and no TensorRT {TrtReleases.Text("or")} is in "
                + $"that folder. Tried: {string.Join(", ", tried)}. Correct it, or leave it unset to search the usual places.",
                tried);
    }

    private string? InFolder(string folder, List<string> tried)
    {
        foreach (var name in _names.OfAllMajors(PlainName))
        {
            var path = Path.Combine(folder, name);
            if (tried.Contains(path)) continue;
            tried.Add(path);
            if (File.Exists(path)) return path;
        }

        return null;
    }
}
