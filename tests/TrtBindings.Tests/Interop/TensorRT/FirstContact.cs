using TrtBindings.Interop.Cuda;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>Runs the first calls on a TensorRT in another process.</summary>
internal static class FirstContact
{
    /// <summary>The lines that the process printed.</summary>
    /// <exception cref="NativeLibraryException">The process ended early; the message names the last question.</exception>
    public static (string[] Lines, bool AllRight) Ask(string path, string? cuda = null)
    {
        string[] arguments = cuda is null ? ["--tensorrt", path] : ["--tensorrt", path, cuda];
        var (code, output, errors) = Probe.Run(Probe.Folder, arguments);
        var lines = output.Split('\n');
        if (lines[^1] == "done" || lines[^1].StartsWith("refused", StringComparison.Ordinal)) return (lines, code == 0);
        var question = lines.LastOrDefault(line => line.StartsWith("ask ", StringComparison.Ordinal))?["ask ".Length..];
        throw new NativeLibraryException("nvinfer", $"'{path}' ended the process that asked it '{question ?? "to load"}' "
            + $"(exit code {code}): its tables are not the known ones. {errors.Split('\n')[0]}", [path]);
    }

    /// <summary>The CUDA driver of this machine; <see langword="null"/> without a GPU.</summary>
    public static string? Driver()
    {
        try
        {
            var cuda = CudaLibrary.Load();
            return cuda.Devices.Count > 0 ? cuda.Path : null;
        }
        catch (TrtBindingsException e) when (e is NativeLibraryException or CudaException)
        {
            return null;
        }
    }
}
