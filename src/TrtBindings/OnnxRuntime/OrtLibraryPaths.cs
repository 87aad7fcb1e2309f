namespace TrtBindings.OnnxRuntime;

/// <summary>Where ONNX Runtime's native library may be.</summary>
internal static class OrtLibraryPaths
{
    /// <summary>Full paths to try, in order. The system's own search comes after them.</summary>
    /// <param name="rid">The platform, for example <c>linux-x64</c>.</param>
    /// <param name="libraryFolder">The folder of TrtBindings.dll: a plug-in has its libraries beside it.</param>
    /// <param name="baseFolder">The program's folder.</param>
    /// <param name="nativeFolders">The host's folders for native libraries.</param>
    public static IReadOnlyList<string> Candidates(
        string rid, string libraryFolder, string baseFolder, IEnumerable<string> nativeFolders)
    {
        // A portable build has the library under runtimes/; a build or publish for one platform has it beside the program.
        List<string> folders = [];
        if (libraryFolder.Length > 0) folders.AddRange([Path.Combine(libraryFolder, "runtimes", rid, "native"), libraryFolder]);
        folders.AddRange([Path.Combine(baseFolder, "runtimes", rid, "native"), baseFolder, .. nativeFolders]);
        return [.. folders.SelectMany(folder => NamesFor(rid), Path.Combine).Distinct()];
    }

    /// <summary>Names of the library's file on a platform.</summary>
    public static IReadOnlyList<string> NamesFor(string rid) => rid.Split('-')[0] switch
    {
        "win" => ["onnxruntime.dll"],
        "osx" => ["libonnxruntime.dylib", "libonnxruntime.1.dylib"],
        _ => ["libonnxruntime.so", "libonnxruntime.so.1"],
    };
}
