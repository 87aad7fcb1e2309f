namespace TrtBindings;

/// <summary>
/// Options of ONNX Runtime's CUDA provider. What is <see langword="null"/> stays at ONNX Runtime's default. The provider
/// refuses an option that its release does not know, and says so on <see cref="BackendInfo.Rejected"/>.
/// </summary>
public sealed record OnnxRuntimeCudaOptions
{
    private readonly long? _memoryLimit;

    /// <summary>
    /// Most bytes of device memory that the provider's pool takes (<c>gpu_mem_limit</c>). What CUDA and cuDNN take for
    /// themselves comes on top.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0 or negative.</exception>
    public long? MemoryLimit
    {
        get => _memoryLimit;
        init
        {
            if (value is { } bytes) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes, nameof(MemoryLimit));
            _memoryLimit = value;
        }
    }

    /// <summary>How the pool of device memory grows (<c>arena_extend_strategy</c>).</summary>
    public ArenaGrowth? ArenaGrowth { get; init; }

    /// <summary>How algorithms for convolutions are chosen (<c>cudnn_conv_algo_search</c>).</summary>
    public ConvolutionSearch? ConvolutionSearch { get; init; }

    /// <summary>
    /// Whether convolutions may use algorithms that need much scratch memory (<c>cudnn_conv_use_max_workspace</c>).
    /// </summary>
    public bool? ConvolutionMaxWorkspace { get; init; }

    /// <summary>Whether convolutions run in channels-last order (<c>prefer_nhwc</c>).</summary>
    public bool? PreferChannelsLast { get; init; }

    /// <summary>
    /// Whether float matrix products and convolutions may round their factors to 10 bits (TF32, <c>use_tf32</c>): faster on
    /// GPUs from Ampere on, and off here because results then differ from the processor's in the third digit.
    /// </summary>
    public bool Tf32 { get; init; }

    internal static OnnxRuntimeCudaOptions Default { get; } = new();
}
