using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace TrtBindings.Conversion;

/// <summary>
/// Finds ONNX Runtime's library among the packages of the project that is built: TrtBindings depends on it, so it is there.
/// </summary>
internal static class NativeLibraries
{
    private const string Package = "Microsoft.ML.OnnxRuntime/";

    /// <summary>Makes the managed package use that library.</summary>
    /// <param name="assets">The project's <c>project.assets.json</c>.</param>
    /// <exception cref="IOException">It has no such package, or not for this platform.</exception>
    public static void Use(string assets)
    {
        var path = OnnxRuntime(assets);
        OrtEnv.DisableDllImportResolver = true;
        NativeLibrary.SetDllImportResolver(typeof(OrtEnv).Assembly, Resolve);

        nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
            name.StartsWith("onnxruntime", StringComparison.Ordinal) ? NativeLibrary.Load(path) : 0;
    }

    private static string OnnxRuntime(string assets)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        var (system, name) = OperatingSystem.IsWindows() ? ("win", "onnxruntime.dll")
            : OperatingSystem.IsMacOS() ? ("osx", "libonnxruntime.dylib") : ("linux", "libonnxruntime.so");
        var platform = $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
        var packages = from library in json.RootElement.GetProperty("libraries").EnumerateObject()
                       where library.Name.StartsWith(Package, StringComparison.OrdinalIgnoreCase)
                       from folder in json.RootElement.GetProperty("packageFolders").EnumerateObject()
                       select Path.Combine(folder.Name, library.Value.GetProperty("path").GetString()!);
        return packages.Select(folder => Path.Combine(folder, "runtimes", platform, "native", name)).FirstOrDefault(File.Exists)
            ?? throw new IOException($"The package Microsoft.ML.OnnxRuntime of this project, by '{assets}', has no library for "
                + $"{platform}, so models cannot be converted here. Restore the project again, or convert on another machine.");
    }
}
