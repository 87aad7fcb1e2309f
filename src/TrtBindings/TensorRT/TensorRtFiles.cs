using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.TensorRT.Running;

namespace TrtBindings;

/// <summary>The files of one TensorRT, as they are found without loading them. For tools that say what a machine has.</summary>
/// <param name="Library">Full path of libnvinfer.</param>
/// <param name="Source">
/// The kind of place: <c>Option</c>, <c>EnvironmentVariable</c>, <c>Application</c>, <c>LibraryPath</c>, <c>PythonPackage</c>,
/// <c>SystemPackage</c>, <c>Archive</c> or <c>SystemLoader</c>.
/// </param>
public sealed record TensorRtFiles(string Library, string Source)
{
    /// <summary>The version in the names of files and folders; <see langword="null"/> if they have none.</summary>
    public Version? Version { get; init; }

    /// <summary>The Python package that it is from; <see langword="null"/> for another source.</summary>
    public string? Package { get; init; }

    /// <summary>The ONNX parser, without which nothing is built; <see langword="null"/> if it is missing.</summary>
    public string? Parser { get; init; }

    /// <summary>NVIDIA's plug-ins; <see langword="null"/> if they are missing.</summary>
    public string? Plugins { get; init; }

    /// <summary>The builder resources of this version, without which nothing is built.</summary>
    public IReadOnlyList<string> BuilderResources { get; init; } = [];

    /// <summary>Files beside it that cannot be used, each with the reason.</summary>
    public IReadOnlyList<string> PassedOver { get; init; } = [];

    /// <summary>The TensorRT that a model with these options would use.</summary>
    /// <param name="libraryPath">As <see cref="TensorRtOptions.LibraryPath"/>.</param>
    /// <exception cref="NativeLibraryException">There is none; the message lists the places.</exception>
    public static TensorRtFiles Find(string? libraryPath = null) => Of(HostLibraries.Locate(libraryPath));

    /// <summary>Every TensorRT in the places that are searched, the first to be used first.</summary>
    public static IReadOnlyList<TensorRtFiles> FindAll() =>
        [.. TrtLibraryLocator.All(TrtSearchPlaces.OfThisProcess()).Select(Of)];

    private static TensorRtFiles Of(TrtInstallation found) => new(found.Library, found.Source.ToString())
    {
        Version = found.Version, Package = found.Package, Parser = found.Parser, Plugins = found.Plugins,
        BuilderResources = found.BuilderResources, PassedOver = found.PassedOver,
    };
}
