namespace TrtBindings.Interop.TensorRT;

/// <summary>Finds the TensorRT to use. It looks at files only; loading is the caller's.</summary>
/// <param name="places">Where to look.</param>
/// <param name="systemLoader">
/// What the system's loader knows: from a plain name such as <c>libnvinfer.so.10</c> to the full path;
/// <see langword="null"/> if it does not know the name. Asked last.
/// </param>
internal sealed class TrtLibraryLocator(TrtSearchPlaces places, Func<string, string?> systemLoader)
{
    /// <summary>Plain name of the library, as errors give it.</summary>
    public const string PlainName = "nvinfer";

    private const string Fix = "Install TensorRT 10 or 11, or say where it is with TensorRtOptions.LibraryPath or the "
        + $"environment variable {TrtSearchPlaces.VariableName} (the file, or its folder).";

    private readonly TrtFileNames _names = new(places.Windows);

    /// <summary>The TensorRT to use: the one named, or else the first there is.</summary>
    /// <param name="requested">A file or a folder from the options; <see langword="null"/> to search.</param>
    /// <exception cref="NativeLibraryException">There is none, or none where the option or the variable says.</exception>
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
        foreach (var name in TrtFileNames.Majors.Select(major => _names.Of(PlainName, major)))
        {
            tried.Add(name);
            if (systemLoader(name) is { } library) return TrtSiblings.Of(_names, library, TrtLibrarySource.SystemLoader);
        }

        throw new NativeLibraryException(
            PlainName, $"TensorRT's library was not found. Tried: {string.Join(", ", tried)}. {Fix}", tried);
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
            : throw new NativeLibraryException(PlainName, $"{what} is '{value}', and no TensorRT 10 or 11 is in that folder. "
                + $"Tried: {string.Join(", ", tried)}. Correct it, or leave it unset to search the usual places.", tried);
    }

    private string? InFolder(string folder, List<string> tried)
    {
        foreach (var name in TrtFileNames.Majors.Select(major => _names.Of(PlainName, major)))
        {
            var path = Path.Combine(folder, name);
            if (tried.Contains(path)) continue;
            tried.Add(path);
            if (File.Exists(path)) return path;
        }

        return null;
    }
}
