namespace TrtBindings;

/// <summary>What a model takes of its GPU's memory, in bytes.</summary>
public sealed record GpuMemoryUse
{
    /// <summary>
    /// What loading the engine took: its weights and what TensorRT keeps beside them. Counted on the loading thread as the
    /// engine asked for it.
    /// </summary>
    public required long EngineBytes { get; init; }

    /// <summary>Scratch memory of the execution contexts, which the contexts of one lane share.</summary>
    public required long ScratchBytes { get; init; }

    /// <summary>Device copies of tensors whose memory is the host's.</summary>
    public required long TensorBytes { get; init; }

    /// <summary>How many runs the memory above is for: lanes made so far, at most <c>MaxConcurrentRuns</c>.</summary>
    public required int Lanes { get; init; }

    /// <summary>What all models of this process have in use on the GPU, TensorRT's own needs included.</summary>
    public required long ProcessBytesInUse { get; init; }

    /// <summary>What the driver has set aside for them, in use or kept for the next allocation.</summary>
    public required long ProcessBytesReserved { get; init; }

    /// <summary>What is free on the GPU; −1 if the driver does not say.</summary>
    public required long DeviceFreeBytes { get; init; }

    /// <summary>The GPU's memory.</summary>
    public required long DeviceTotalBytes { get; init; }
}
