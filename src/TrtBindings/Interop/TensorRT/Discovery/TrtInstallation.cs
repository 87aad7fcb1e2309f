namespace TrtBindings.Interop.TensorRT.Discovery;

/// <summary>
/// The files of one TensorRT. All of them lie beside the libnvinfer in use: two versions of one major have the same file names
/// and must never be mixed in a process. Load each file by the full path given here.
/// </summary>
internal sealed record TrtInstallation
{
    /// <summary>The full path of libnvinfer as it was found.</summary>
    public required string Library { get; init; }

    /// <summary>The folder of the file, with links resolved; the argument of <c>setInternalLibraryPath</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>The kind of place where it was found.</summary>
    public required TrtLibrarySource Source { get; init; }

    /// <summary>
    /// The version in the names of files and folders, of three or four parts; <see langword="null"/> if they have none. The
    /// version that the loaded library reports counts.
    /// </summary>
    public Version? Version { get; init; }

    /// <summary>The name of the Python package that it is from; <see langword="null"/> for another source.</summary>
    public string? Package { get; init; }

    /// <summary>The ONNX parser; <see langword="null"/> if it is missing.</summary>
    public string? Parser { get; init; }

    /// <summary>NVIDIA's plug-ins; <see langword="null"/> if they are missing.</summary>
    public string? Plugins { get; init; }

    /// <summary>
    /// The plug-ins of version-compatible engines, which the parser needs too; <see langword="null"/> if they are missing.
    /// </summary>
    public string? VersionCompatiblePlugins { get; init; }

    /// <summary>CUDA runtimes that came with it, as with Python packages. Load them before libnvinfer.</summary>
    public IReadOnlyList<string> CudaRuntimes { get; init; } = [];

    /// <summary>The builder resources of this version.</summary>
    public IReadOnlyList<string> BuilderResources { get; init; } = [];

    /// <summary>Files there that cannot be used, each with the reason.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];
}
