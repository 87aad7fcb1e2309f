namespace TrtBindings.Interop.TensorRT;

/// <summary>
/// The library of kernels that TensorRT opens while it builds, and only then. Its name depends on the version and, in newer
/// ones, on the GPU.
/// </summary>
internal static class TrtBuilderResource
{
    private const string PythonPackages = "tensorrt-cu12-libs or tensorrt-cu13-libs";

    /// <summary>Up to this version one file serves every GPU.</summary>
    private static readonly Version LastSingle = new(10, 12, int.MaxValue);

    /// <summary>From this version each compute capability has its own file.</summary>
    private static readonly Version FirstPerGpu = new(10, 15);

    /// <summary>
    /// The file's name; two where the version is between those that we have seen, and either may be right.
    /// </summary>
    /// <param name="names">The platform's names.</param>
    /// <param name="version">TensorRT's version.</param>
    /// <param name="computeMajor">The GPU's compute capability, first part.</param>
    /// <param name="computeMinor">The GPU's compute capability, second part.</param>
    public static IReadOnlyList<string> Names(TrtFileNames names, Version version, int computeMajor, int computeMinor)
    {
        var single = Name("nvinfer_builder_resource");
        var ofGpu = Name($"nvinfer_builder_resource_sm{computeMajor}{computeMinor}");
        return version <= LastSingle ? [single] : version >= FirstPerGpu ? [ofGpu] : [ofGpu, single];

        string Name(string library) => names.Of(library, version) ?? names.Of(library, version.Major);
    }

    /// <summary>What to tell a user who cannot build; <see langword="null"/> if the file is there.</summary>
    /// <param name="names">The platform's names.</param>
    /// <param name="installation">The TensorRT in use.</param>
    /// <param name="version">Its version, as the loaded library answers.</param>
    /// <param name="computeMajor">The GPU's compute capability, first part.</param>
    /// <param name="computeMinor">The GPU's compute capability, second part.</param>
    public static string? Missing(
        TrtFileNames names, TrtInstallation installation, Version version, int computeMajor, int computeMinor)
    {
        var wanted = Names(names, version, computeMajor, computeMinor);
        var present = installation.BuilderResources.Select(path => Path.GetFileName(path));
        if (wanted.Any(present.Contains)) return null;
        return $"TensorRT {version} cannot build engines without {string.Join(" or ", wanted)}, which is not in "
            + $"'{installation.Folder}' beside the libnvinfer in use. {Package(installation, version)} "
            + "Ready engines run without it.";
    }

    private static string Package(TrtInstallation installation, Version version) => installation.Source switch
    {
        TrtLibrarySource.PythonPackage =>
            $"The Python package {installation.Package ?? PythonPackages} {version} has it: install it again.",
        TrtLibrarySource.SystemPackage =>
            $"The system packages of TensorRT {version} have it: libnvinfer{version.Major}, or the whole set, tensorrt.",
        _ => $"NVIDIA's archive TensorRT-{version} has it in its lib folder, as has the Python package "
            + $"{installation.Package ?? PythonPackages} {version}.",
    };
}
