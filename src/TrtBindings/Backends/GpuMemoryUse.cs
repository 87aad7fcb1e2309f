namespace TrtBindings;

/// <summary>GPU memory that a model uses, in bytes.</summary>
public sealed record GpuMemoryUse
{
    /// <summary>
    /// Memory that the engine took when it was loaded: its weights and TensorRT's own data. Counted from the allocations that the
    /// loading thread made.
    /// </summary>
    public required long EngineBytes { get; init; }

    /// <summary>Scratch memory of the execution contexts; the contexts of one lane share it.</summary>
    public required long ScratchBytes { get; init; }

    /// <summary>Device copies of tensors that are in host memory.</summary>
    public required long TensorBytes { get; init; }

    /// <summary>Number of lanes created so far, at most <c>MaxConcurrentRuns</c>; the memory above is for all of them.</summary>
    public required int Lanes { get; init; }

    /// <summary>Memory that all models of this process use on the GPU, including TensorRT's own.</summary>
    public required long ProcessBytesInUse { get; init; }

    /// <summary>Memory that the driver reserves for them, in use or kept for the next allocation.</summary>
    public required long ProcessBytesReserved { get; init; }

    /// <summary>Free memory of the GPU; −1 if the driver does not report it.</summary>
    public required long DeviceFreeBytes { get; init; }

    /// <summary>Total memory of the GPU.</summary>
    public required long DeviceTotalBytes { get; init; }
}
