using System.Runtime.InteropServices;
using TrtBindings.Interop.Native;
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

    /// <summary>
    /// Loads the file so that TensorRT finds it when it opens the file's plain name. On Linux that takes an alias where the
    /// loader does not search the folder: the file's own SONAME is another one (<c>do_not_link_against_...</c> in 10.6), so that
    /// loading it by its path is not enough. Windows finds a loaded library by the name of its file.
    /// </summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="scratch">A folder that only this user can write to. Nothing is left in it.</param>
    /// <returns>Why it was not possible, as a sentence; <see langword="null"/> if it was.</returns>
    public static string? LoadUnderItsName(string path, string scratch)
    {
        var name = Path.GetFileName(path);
        if (OperatingSystem.IsWindows())
            return NativeLibrary.TryLoad(path, out _) ? null : $"'{path}' cannot be loaded.";
        return NativeLibrary.TryLoad(name, out _) ? null : LibraryAlias.Load(name, path, scratch);
    }

    /// <summary>
    /// The message for a user whose TensorRT cannot open the file although it is there; <see langword="null"/> if TensorRT
    /// failed for another reason.
    /// </summary>
    /// <param name="installation">The TensorRT in use.</param>
    /// <param name="version">The version that the loaded library reports.</param>
    /// <param name="said">What TensorRT said.</param>
    /// <param name="problem">Why <see cref="LoadUnderItsName"/> failed; <see langword="null"/> if it did not.</param>
    public static string? NotOpened(
        TrtInstallation installation, TrtVersion version, IEnumerable<string> said, string? problem)
    {
        if (!said.Any(line => line.Contains(PlainName, StringComparison.Ordinal))) return null;
        var variable = OperatingSystem.IsWindows() ? "PATH" : "LD_LIBRARY_PATH";
        return $"TensorRT {version} does not open its builder resource, which lies beside the libnvinfer in use. "
            + $"{(problem is null ? "" : $"{problem} ")}Start the program with '{installation.Folder}' in the environment "
            + $"variable {variable}.";
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
