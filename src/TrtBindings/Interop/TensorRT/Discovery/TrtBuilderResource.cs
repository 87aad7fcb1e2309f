using System.Runtime.InteropServices;

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

    /// <summary>
    /// Has TensorRT open the resource that lies beside the libnvinfer in use, wherever that is; call it before a builder is
    /// made. Does nothing where the file is missing: see <see cref="Missing"/>.
    /// </summary>
    /// <param name="names">The platform's names.</param>
    /// <param name="library">The loaded libnvinfer.</param>
    /// <param name="installation">The files beside it.</param>
    /// <param name="computeMajor">The GPU's compute capability, first part.</param>
    /// <param name="computeMinor">The GPU's compute capability, second part.</param>
    /// <exception cref="TensorRtException">TensorRT does not take the folder.</exception>
    public static unsafe void Use(
        TrtFileNames names, TrtLibrary library, TrtInstallation installation, int computeMajor, int computeMinor)
    {
        var version = new Version(library.Version.Major, library.Version.Minor, library.Version.Patch);
        var wanted = Names(names, version, computeMajor, computeMinor);
        var present = installation.BuilderResources.Where(path => wanted.Contains(Path.GetFileName(path))).ToArray();
        if (present.Length == 0) return;
        if (library.Exports.SetInternalLibraryPath == null)
        {
            // Older ones open it by its plain name: a library of that name which is loaded already is the one that they get. One
            // that cannot be loaded is TensorRT's to complain of.
            foreach (var path in present) NativeLibrary.TryLoad(path, out _);
            return;
        }

        // "Prepended to names", says NVIDIA, so the folder ends as one; the name is copied during the call.
        var folder = new TrtName(Path.GetDirectoryName(present[0]) + Path.DirectorySeparatorChar);
        TrtLogger.TakeErrors();
        var answer = library.Exports.SetInternalLibraryPath(folder.Pointer);
        GC.KeepAlive(folder);
        if (answer == 0) throw TrtStatus.Failure(library, "setInternalLibraryPath", $"does not take '{folder}'.");
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
