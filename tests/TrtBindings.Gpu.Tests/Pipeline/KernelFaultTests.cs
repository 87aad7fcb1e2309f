using TrtBindings.Gpu.Tests.CudaProvider;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>A kernel faults while frames are in flight: the GPU is lost for the process, and every frame says so.</summary>
public sealed class KernelFaultTests
{
    [SkippableFact]
    public void On_TensorRT_every_frame_in_flight_ends_with_one_error_and_results_from_before_stay()
    {
        ReadyEngine.RequireMachine();
        Check("tensorrt");
    }

    [SkippableFact]
    public void On_the_CUDA_provider_every_frame_in_flight_ends_with_one_error_and_results_from_before_stay()
    {
        OnCuda.Require();
        Check("provider");
    }

    private static void Check(string backend)
    {
        var (code, output) = ChildProcess.Run("fault", backend);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] Ends(string when) => [.. lines.Where(line => line.StartsWith(when + ": ", StringComparison.Ordinal))
            .Select(line => line[(when.Length + 2)..])];
        var (inFlight, later) = ((string[])[.. Ends("before"), .. Ends("after")], (string[])[.. Ends("later"), .. Ends("model")]);
        var typed = inFlight.All(end => end == "right" || IsTyped(end)) && later.All(IsTyped);
        PipelineFigures.Check($"a kernel's fault, {backend}: 4 frames in flight, a later one, results from before",
            $"{string.Join(", ", inFlight.Select(Short))}; {string.Join(", ", later.Select(Short))}; "
            + $"{Ends("delivered").Count(end => end == "right")} of 5 right; exit {code}; {later.FirstOrDefault(IsTyped)}",
            "each right or DeviceLostException, 5 right", inFlight.Length == 4 && later.Length == 2 && typed
            && Ends("delivered") is { Length: 5 } delivered && delivered.All(end => end == "right"));
    }

    /// <summary>The error that says what to do.</summary>
    private static bool IsTyped(string end) =>
        end.StartsWith("lost ", StringComparison.Ordinal) && end.Contains("Restart the process", StringComparison.Ordinal);

    private static string Short(string end) => end.StartsWith("lost ", StringComparison.Ordinal) ? "lost" : end;
}
