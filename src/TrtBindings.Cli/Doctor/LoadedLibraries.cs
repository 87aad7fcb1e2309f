using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TrtBindings.Cli.Doctor;

/// <summary>The libraries that a process has loaded, and which of them are there twice.</summary>
internal static partial class LoadedLibraries
{
    /// <summary>The files of this process that belong to CUDA, cuDNN, TensorRT or ONNX Runtime, links resolved.</summary>
    public static IReadOnlyList<string> OfGpus()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)
            .Where(path => path is not null && IsOfGpus(Path.GetFileName(path))).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The path of a loaded library whose file name begins so, such as <c>libcudnn.so</c>.</summary>
    public static string? Find(string start)
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().Select(module => module.FileName)
            .FirstOrDefault(path => Path.GetFileName(path)?.StartsWith(start, StringComparison.OrdinalIgnoreCase) == true);
    }

    /// <summary>Groups of files that are the same library in one process.</summary>
    public static IEnumerable<string[]> Twice(IEnumerable<string> paths) =>
        paths.Distinct().GroupBy(path => Stem().Match(Path.GetFileName(path)).Value, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Key.Length > 0 && group.Count() > 1).Select(group => group.ToArray());

    private static bool IsOfGpus(string name) => Gpu().IsMatch(name);

    [GeneratedRegex(@"^(lib)?(cuda|cudart|cublas|cublasLt|cufft|curand|cudnn|cusparse|cusolver|nvrtc|nvinfer|nvonnxparser|"
        + @"onnxruntime)[\w]*[.\-]", RegexOptions.IgnoreCase)]
    private static partial Regex Gpu();

    /// <summary>The name without its version: libcudart of libcudart.so.12.</summary>
    [GeneratedRegex(@"^[A-Za-z_]+(?=\.so|64_|_\d|\.dll)")]
    private static partial Regex Stem();
}
