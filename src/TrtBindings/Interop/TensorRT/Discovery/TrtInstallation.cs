namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// The files of one TensorRT. All lie beside the libnvinfer in use, for two versions of one major share their names and
/// must never be mixed in a process: load each by the full path given here.
/// </summary>
internal sealed record TrtInstallation
{
    /// <summary>Full path of libnvinfer, as it was found.</summary>
    public required string Library { get; init; }

    /// <summary>The folder that its file lies in, links followed; what <c>setInternalLibraryPath</c> takes.</summary>
    public required string Folder { get; init; }

    /// <summary>How it was found.</summary>
    public required TrtLibrarySource Source { get; init; }

    /// <summary>
    /// The version that the names of files and folders tell, of three or four parts; <see langword="null"/> if they do not.
    /// What the loaded library answers decides.
    /// </summary>
    public Version? Version { get; init; }

    /// <summary>The Python package that brought it, as pip calls it; <see langword="null"/> for another source.</summary>
    public string? Package { get; init; }

    /// <summary>The ONNX parser; <see langword="null"/> if it is not there.</summary>
    public string? Parser { get; init; }

    /// <summary>NVIDIA's plug-ins; <see langword="null"/> if they are not there.</summary>
    public string? Plugins { get; init; }

    /// <summary>
    /// The plug-ins of version-compatible engines, which the parser asks for too; <see langword="null"/> if not there.
    /// </summary>
    public string? VersionCompatiblePlugins { get; init; }

    /// <summary>CUDA runtimes that came along (Python packages bring their own): to be loaded before libnvinfer.</summary>
    public IReadOnlyList<string> CudaRuntimes { get; init; } = [];

    /// <summary>Every builder resource of this version.</summary>
    public IReadOnlyList<string> BuilderResources { get; init; } = [];

    /// <summary>Files that lie there and were left out, each with the reason.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];
}
