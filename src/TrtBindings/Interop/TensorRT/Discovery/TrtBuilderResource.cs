using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT.Discovery;

/// <summary>
/// The library of kernels that TensorRT opens only while it builds. Its name depends on the version and, in newer versions, on
/// the GPU.
/// </summary>
internal static class TrtBuilderResource
{
    private const string PlainName = "nvinfer_builder_resource";
    private const string PythonPackages = "tensorrt-cu12-libs or tensorrt-cu13-libs";

    /// <summary>
    /// The names that the file may have. There are two for versions between those that were seen with one name and the other.
    /// </summary>
    /// <param name="names">The file names of the platform.</param>
    /// <param name="version">TensorRT's version.</param>
    /// <param name="computeMajor">First part of the GPU's compute capability.</param>
    /// <param name="computeMinor">Second part of the GPU's compute capability.</param>
    public static IReadOnlyList<string> Names(TrtFileNames names, TrtVersion version, int computeMajor, int computeMinor)
    {
        var found = new List<string>();
        if (TrtReleases.Has(TrtFeature.BuilderResourcePerGpu, version))
            found.Add(Name($"{PlainName}_sm{computeMajor}{computeMinor}"));
        if (TrtReleases.Has(TrtFeature.OneBuilderResource, version)) found.Add(Name(PlainName));
        return found;

        string Name(string library) => names.Of(library, version.WithoutBuild()) ?? names.Of(library, version.Major);
    }

    /// <summary>The files beside libnvinfer that have one of the names.</summary>
    /// <param name="installation">The TensorRT in use.</param>
    /// <param name="version">The version that the loaded library reports.</param>
    /// <param name="computeMajor">First part of the GPU's compute capability.</param>
    /// <param name="computeMinor">Second part of the GPU's compute capability.</param>
    public static IReadOnlyList<string> Present(
        TrtInstallation installation, TrtVersion version, int computeMajor, int computeMinor)
    {
        var wanted = Names(TrtFileNames.OfThisSystem, version, computeMajor, computeMinor);
        return [.. installation.BuilderResources.Where(path => wanted.Contains(Path.GetFileName(path)))];
    }

    /// <summary>
    /// The message for a user who cannot build because the file is missing; <see langword="null"/> if it is there.
    /// </summary>
    /// <param name="names">The file names of the platform.</param>
    /// <param name="installation">The TensorRT in use.</param>
    /// <param name="version">The version that the loaded library reports.</param>
    /// <param name="computeMajor">First part of the GPU's compute capability.</param>
    /// <param name="computeMinor">Second part of the GPU's compute capability.</param>
    public static string? Missing(
        TrtFileNames names, TrtInstallation installation, TrtVersion version, int computeMajor, int computeMinor)
    {
        var wanted = Names(names, version, computeMajor, computeMinor);
        var present = installation.BuilderResources.Select(path => Path.GetFileName(path));
        if (wanted.Any(present.Contains)) return null;
        return $"TensorRT {version} cannot build engines without {string.Join(" or ", wanted)}, which is not in "
            + $"'{installation.Folder}' beside the libnvinfer in use. {Package(installation, version)} "
            + "Ready engines run without it.";
    }

    private static string Package(TrtInstallation installation, TrtVersion version) => installation.Source switch
    {
        TrtLibrarySource.PythonPackage =>
            $"The Python package {installation.Package ?? PythonPackages} {version} has it: install it again.",
        TrtLibrarySource.SystemPackage =>
            $"The system packages of TensorRT {version} have it: libnvinfer{version.Major}, or the whole set, tensorrt.",
        _ => $"NVIDIA's archive TensorRT-{version} has it in its lib folder, as has the Python package "
            + $"{installation.Package ?? PythonPackages} {version}.",
    };
}
