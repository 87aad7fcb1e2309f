using System.Runtime.InteropServices;
using TrtBindings.Interop.TensorRT.Discovery;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Building;

/// <summary>
/// The small runtime that a version-compatible engine carries with it, so that other versions run it. Builds take it from a
/// library that some packages of TensorRT do not have.
/// </summary>
internal static class LeanRuntime
{
    private const string PlainName = "nvinfer_lean";

    /// <summary>The settings as they can be built with: without the runtime where it is not there.</summary>
    /// <param name="host">The TensorRT in use.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="problem">What that means; <see langword="null"/> for nothing.</param>
    public static BuildSettings Fit(TensorRtHost host, BuildSettings settings, out string? problem)
    {
        problem = null;
        if (!settings.VersionCompatible || settings.ExcludeLeanRuntime || Find(host) is not null) return settings;
        var name = Names(host).Last();
        problem = $"VersionCompatible: {name} is not in '{host.Installation.Folder}' beside the libnvinfer in use, so the engine "
            + $"comes without its runtime, and versions other than {host.Library.Version} do not run it. The Python package "
            + "tensorrt-lean-cu12-libs or tensorrt-lean-cu13-libs has it, as have NVIDIA's archives.";
        return settings with { ExcludeLeanRuntime = true };
    }

    /// <summary>TensorRT opens it by its plain name: once loaded from its full path, that name means this file.</summary>
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
