using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.TensorRT.Running;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// The lean runtime that a version-compatible engine carries, so that other versions of TensorRT can run it. A build takes it
/// from libnvinfer_lean, which some packages of TensorRT do not have.
/// </summary>
internal static class LeanRuntime
{
    private const string PlainName = "nvinfer_lean";

    /// <summary>Tells whether libnvinfer_lean lies beside the libnvinfer in use.</summary>
    public static bool IsInstalled(TensorRtHost host) => Find(host) is not null;

    /// <summary>The log line for a build without libnvinfer_lean.</summary>
    public static string Missing(TensorRtHost host) =>
        $"VersionCompatible: {Names(host).Last()} is not in '{host.Installation.Folder}' beside the libnvinfer in use. The "
        + $"engine is built without its lean runtime, and no version other than {host.Library.Version} can run it. The Python "
        + "packages tensorrt-lean-cu12-libs and tensorrt-lean-cu13-libs have the library, and so do NVIDIA's archives.";

    /// <summary>
    /// Loads the library from its full path. TensorRT opens it by its plain name, which then means the file loaded here.
    /// </summary>
    public static void Load(TensorRtHost host)
    {
        if (Find(host) is { } path) NativeLibrary.TryLoad(path, out _);
    }

    private static string? Find(TensorRtHost host) => Names(host)
        .Select(name => Path.Combine(host.Installation.Folder, name)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Names(TensorRtHost host)
    {
        var (names, version) = (TrtFileNames.OfThisSystem, host.Library.Version);
        if (names.Of(PlainName, version.WithoutBuild()) is { } exact) yield return exact;
        yield return names.Of(PlainName, version.Major);
    }
}
