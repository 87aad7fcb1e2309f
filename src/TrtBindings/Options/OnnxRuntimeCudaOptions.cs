using TrtBindings.Options;

namespace TrtBindings;

/// <summary>
/// Options for ONNX Runtime's CUDA provider. <see langword="null"/> means ONNX Runtime's own default. The provider refuses an
/// option that its release does not know; the reason is in <see cref="BackendInfo.Rejected"/>.
/// </summary>
public sealed record OnnxRuntimeCudaOptions
{
    /// <summary>
    /// Most device memory, in bytes, of the provider's pool (<c>gpu_mem_limit</c>); at least 1. CUDA and cuDNN need memory of
    /// their own on top.
    /// </summary>
    public long? MemoryLimit { get; set; }

    /// <summary>Growth of the pool of device memory (<c>arena_extend_strategy</c>).</summary>
    public ArenaGrowth? ArenaGrowth { get; set; }

    /// <summary>Search for convolution algorithms (<c>cudnn_conv_algo_search</c>).</summary>
    public ConvolutionSearch? ConvolutionSearch { get; set; }

    /// <summary>
    /// Allows convolution algorithms that need much scratch memory (<c>cudnn_conv_use_max_workspace</c>).
    /// </summary>
    public bool? ConvolutionMaxWorkspace { get; set; }

    /// <summary>Runs convolutions in channels-last order (<c>prefer_nhwc</c>).</summary>
    public bool? PreferChannelsLast { get; set; }

    /// <summary>
    /// Allows 32-bit matrix products and convolutions to round their factors to 10 bits (TF32, <c>use_tf32</c>): faster on GPUs
    /// from Ampere on. Off by default, because results then differ from the CPU's in the third digit.
    /// </summary>
    public bool AllowTf32 { get; set; }

    /// <summary>
    /// Lets several threads run the model at the same time, each on a stream of ONNX Runtime's own. Off by default: all runs are
    /// then queued on one stream, one after the other, and <see cref="ModelGpu.Run"/> can put work on the GPU around them. With
    /// it, <see cref="OnnxModel.Gpu"/> is <see langword="null"/>.
    /// </summary>
    public bool ConcurrentRuns { get; set; }

    /// <summary>
    /// Lets the provider record runs as CUDA graphs of its own (<c>enable_cuda_graph</c>): less work for the processor in each
    /// run of a model of many small operators. Off by default. The model must have no dynamic dimension and no control flow, and
    /// all of it must run on the provider; otherwise the reason is in <see cref="BackendInfo.Rejected"/>. Runs whose tensors all
    /// lie in device memory are recorded, up to 8 sets of addresses for a model; others run as without the option.
    /// </summary>
    public bool UseCudaGraph { get; set; }

    /// <summary>
    /// Records the work before and after a run (<see cref="GpuWork"/>, and what engines of TrtBindings.Vision do on the GPU) as
    /// CUDA graphs. On by default. Turn it off where other threads of the process wait for the whole GPU
    /// (<c>cudaDeviceSynchronize</c>, <c>cuCtxSynchronize</c>) and NVIDIA's driver is 580.159: it ends the process with a
    /// segmentation fault where such a wait meets a recording, whoever records.
    /// </summary>
    public bool RecordWork { get; set; } = true;

    /// <summary>A checked copy.</summary>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used.</exception>
    internal OnnxRuntimeCudaOptions Snapshot()
    {
        const string Here = nameof(OnnxRuntimeCudaOptions);
        if (MemoryLimit is { } limit) OptionCheck.AtLeast(1, limit, Here, nameof(MemoryLimit));
        if (ArenaGrowth is { } growth) OptionCheck.Defined(growth, Here, nameof(ArenaGrowth));
        if (ConvolutionSearch is { } search) OptionCheck.Defined(search, Here, nameof(ConvolutionSearch));
        if (UseCudaGraph && ConcurrentRuns)
            OptionCheck.Throw(Here, nameof(UseCudaGraph), "cannot be set with ConcurrentRuns: a graph belongs to one stream");
        return this with { };
    }
}

/// <summary>Growth of the device memory pool of ONNX Runtime's CUDA provider.</summary>
public enum ArenaGrowth
{
    /// <summary>By powers of two: fewer calls of the driver, more memory held.</summary>
    NextPowerOfTwo,

    /// <summary>By what is asked for.</summary>
    SameAsRequested,
}

/// <summary>The search of ONNX Runtime's CUDA provider for cuDNN's algorithm when a convolution has a new size.</summary>
public enum ConvolutionSearch
{
    /// <summary>Times every algorithm at the first run of a size: slow then, fastest afterwards.</summary>
    Exhaustive,

    /// <summary>Takes cuDNN's estimate.</summary>
    Heuristic,

    /// <summary>Takes one fixed algorithm.</summary>
    Default,
}
