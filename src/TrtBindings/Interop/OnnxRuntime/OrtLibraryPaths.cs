namespace TrtBindings.Interop.OnnxRuntime;

/// <summary>Where ONNX Runtime's library may be.</summary>
internal static class OrtLibraryPaths
{
    /// <summary>
    /// Candidates in order: what the application brings, what this library brings, and plain names for the system's
    /// own search.
    /// </summary>
    /// <param name="rid">Platform: <c>linux-x64</c>, <c>linux-arm64</c>, <c>win-x64</c>, <c>osx-arm64</c>.</param>
    /// <param name="baseFolder">The program's folder.</param>
    /// <param name="nativeFolders">The host's folders for native libraries.</param>
    public static IReadOnlyList<string> Candidates(string rid, string baseFolder, IEnumerable<string> nativeFolders)
    {
        var names = NamesFor(rid);
        // Where Microsoft.ML.OnnxRuntime lays its library; then where a publish for one platform does.
        List<string> folders = [Path.Combine(baseFolder, "runtimes", rid, "native"), baseFolder, .. nativeFolders];
        folders.Add(Path.Combine(baseFolder, "onnxruntime", rid));
        var candidates = new List<string>();
        foreach (var folder in folders)
            foreach (var name in names)
                Add(candidates, Path.Combine(folder, name));
        foreach (var name in names) Add(candidates, name);
        return candidates;
    }

    /// <summary>Names of the library's file on a platform.</summary>
    public static IReadOnlyList<string> NamesFor(string rid) => rid.Split('-')[0] switch
    {
        "win" => ["onnxruntime.dll"],
        "osx" => ["libonnxruntime.dylib", "libonnxruntime.1.dylib"],
        _ => ["libonnxruntime.so", "libonnxruntime.so.1"],
    };

    private static void Add(List<string> candidates, string path)
    {
        if (!candidates.Contains(path)) candidates.Add(path);
    }
}
