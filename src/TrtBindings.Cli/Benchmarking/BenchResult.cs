using TrtBindings.Cli.Nvml;

namespace TrtBindings.Cli.Benchmarking;

/// <summary>One row of a benchmark.</summary>
internal sealed record BenchResult
{
    /// <summary>What ran the model, with its version.</summary>
    public required string Backend { get; init; }

    /// <summary>How its engine answered beside ONNX Runtime; none on other backends.</summary>
    public string? Parity { get; init; }

    /// <summary>Its word on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>The GPU; none on the processor.</summary>
    public string? Gpu { get; init; }

    /// <summary>Images, or whatever the first dimension counts, in a run.</summary>
    public required long Batch { get; init; }

    /// <summary>Threads that run the model at the same time.</summary>
    public required int Threads { get; init; }

    /// <summary>Shapes of the inputs.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Measured runs.</summary>
    public required int Runs { get; init; }

    /// <summary>Time to load the model, without building an engine.</summary>
    public required double LoadMilliseconds { get; init; }

    /// <summary>From the call to its return, or with a rate from the due time to the return.</summary>
    public required Figures EndToEnd { get; init; }

    /// <summary>Copying the inputs to the GPU.</summary>
    public Figures? Upload { get; init; }

    /// <summary>The model on the GPU.</summary>
    public Figures? Compute { get; init; }

    /// <summary>Copying the outputs from the GPU.</summary>
    public Figures? Download { get; init; }

    /// <summary>The processor's part: queuing the run.</summary>
    public Figures? Enqueue { get; init; }

    /// <summary>Items of the batch that all threads got done in a second.</summary>
    public required double ItemsPerSecond { get; init; }

    /// <summary>Bytes that a run allocated in the managed heap.</summary>
    public required double AllocatedBytesPerRun { get; init; }

    /// <summary>The most memory of the process so far, in bytes.</summary>
    public required long HostBytes { get; init; }

    /// <summary>Memory of the model on the GPU, in bytes; none where it is not told.</summary>
    public long? GpuBytes { get; init; }

    /// <summary>With a rate: how late the latest run began.</summary>
    public double? LatestStartMilliseconds { get; init; }

    /// <summary>With a rate: runs that were due and were not begun within twice the duration.</summary>
    public int? NotBegun { get; init; }

    /// <summary>What the GPU did; none on the processor, or without NVML.</summary>
    public GpuState? State { get; init; }

    /// <summary>Why there is no <see cref="State"/>.</summary>
    public string? StateProblem { get; init; }

    /// <summary>What makes the figures other than they could be.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
