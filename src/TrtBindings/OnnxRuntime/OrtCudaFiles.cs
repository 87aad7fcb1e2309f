using System.Text.RegularExpressions;

namespace TrtBindings.OnnxRuntime;

/// <summary>
/// The files of the CUDA provider, which ONNX Runtime loads from the folder of its own library only, and explanations of its
/// error messages about them.
/// </summary>
internal static partial class OrtCudaFiles
{
    private const string Fix = "Reference Microsoft.ML.OnnxRuntime.Gpu, or set ModelOptions.OnnxRuntimeLibrary to an "
        + "ONNX Runtime library that has its CUDA provider beside it.";

    /// <summary>The provider's files on a platform: the provider, and the bridge through which it is loaded.</summary>
    public static (string Provider, string Bridge) NamesFor(string rid) => rid.StartsWith("win", StringComparison.Ordinal)
        ? ("onnxruntime_providers_cuda.dll", "onnxruntime_providers_shared.dll")
        : ("libonnxruntime_providers_cuda.so", "libonnxruntime_providers_shared.so");

    /// <summary>Looks for the files without loading them, so that a program without CUDA pays for one look at the disk.</summary>
    /// <param name="libraryPath">The loaded ONNX Runtime.</param>
    /// <param name="rid">The platform of this process.</param>
    /// <returns>Why the provider cannot be there; <see langword="null"/> if it may be.</returns>
    public static string? WhyAbsent(string libraryPath, string rid)
    {
        var (provider, bridge) = NamesFor(rid);
        var folder = Path.GetDirectoryName(libraryPath);
        if (string.IsNullOrEmpty(folder))
        {
            return $"the system does not say where '{libraryPath}' lies, so {provider} cannot be looked for beside it. "
                + "Set ModelOptions.OnnxRuntimeLibrary to the full path of the library.";
        }

        if (!File.Exists(Path.Combine(folder, provider)))
            return $"there is no {provider} beside the ONNX Runtime in use, in '{folder}'. {Fix}";
        return File.Exists(Path.Combine(folder, bridge))
            ? null
            : $"'{folder}' has {provider}, but not {bridge}, which it is loaded through. Copy it there from the same release.";
    }

    /// <summary>ONNX Runtime's message about the provider, with the remedy where it is known.</summary>
    public static string Explain(string message, string libraryPath, string rid)
    {
        var file = Path.Combine(Path.GetDirectoryName(libraryPath) ?? "", NamesFor(rid).Provider);
        if (MissingFile().Match(message) is { Success: true } missing)
        {
            var name = missing.Groups[1].Value;
            return $"'{file}' needs {name}, which the system's loader does not find. Install {OriginOf(name)}, or put its "
                + "folder on the loader's path before the program starts.";
        }

        if (message.Contains("error 126", StringComparison.Ordinal))
        {
            return $"'{file}' needs a library that Windows does not find, and Windows does not say which: CUDA, cuDNN and "
                + $"Visual C++ libraries of the release's version must be on PATH. {message}";
        }

        if (message.Contains("not enabled in this build", StringComparison.Ordinal))
            return $"'{libraryPath}' was built without CUDA: {message} {Fix}";
        return NoLibrary().IsMatch(message)
            ? $"'{file}' is not a provider of this ONNX Runtime: {message} Replace it with the file of the same release."
            : message;
    }

    private static string OriginOf(string name) =>
        name.StartsWith("libcudnn", StringComparison.Ordinal) ? "NVIDIA's cuDNN in that version"
        : name.StartsWith("libcuda.", StringComparison.Ordinal) ? "NVIDIA's driver"
        : name.StartsWith("libcu", StringComparison.Ordinal) || name.StartsWith("libnv", StringComparison.Ordinal)
            ? "NVIDIA's CUDA Toolkit in that version"
        : "the package that has it";

    /// <summary>glibc's message about a missing dependency, which is named without a folder.</summary>
    [GeneratedRegex(@"(?<![^\s:])([^\s:/]+): cannot open shared object file")]
    private static partial Regex MissingFile();

    [GeneratedRegex("invalid ELF header|file too short|wrong ELF class|not a valid Win32|error 193|undefined symbol|"
        + "symbol lookup error|find symbol|error 127|cannot open shared object|version `")]
    private static partial Regex NoLibrary();
}
