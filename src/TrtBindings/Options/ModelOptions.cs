using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using TrtBindings.Options;

namespace TrtBindings;

/// <summary>
/// Options for loading a model. The defaults suit one model that has the machine to itself. Loading checks the values
/// (<see cref="ModelOptionException"/>) and takes a copy: later changes do not affect a model that is already loaded.
/// </summary>
public sealed record ModelOptions
{
    /// <summary>
    /// More than a machine has cores. ONNX Runtime starts as many as it is told to, and does not come back from 100,000.
    /// </summary>
    private const int MaxThreads = 1024;

    /// <summary>Threads that one operator may use on the CPU, up to 1024; 0 lets the backend decide (one a core).</summary>
    public int IntraOpThreads { get; set; }

    /// <summary>Operators that may run at the same time on the CPU; 0 and 1 run them one after the other.</summary>
    public int InterOpThreads { get; set; }

    /// <summary>
    /// Threads of one pool on the CPU that all models with this option share, in place of a pool for each; 0 for one for each
    /// core. <see langword="null"/> gives the model a pool of its own. ONNX Runtime makes the pool when it starts, so the first
    /// model that is loaded must have this option, and all others the same number or none.
    /// </summary>
    public int? SharedThreads { get; set; }

    /// <summary>
    /// Whether idle threads on the CPU wait for work in a loop for a while, which starts an operator sooner and keeps cores busy
    /// between calls. <see langword="null"/> is ONNX Runtime's default: they do.
    /// </summary>
    public bool? AllowSpinning { get; set; }

    /// <summary>Rewrites of the graph that the CPU backend makes before it runs it.</summary>
    public GraphOptimization GraphOptimization { get; set; } = GraphOptimization.All;

    /// <summary>
    /// Path of the ONNX Runtime library to use; <see langword="null"/> looks in the usual places. The first model loaded
    /// decides for the process: a library cannot be exchanged.
    /// </summary>
    public string? OnnxRuntimeLibrary { get; set; }

    /// <summary>
    /// The backend that must run the model; <see langword="null"/> takes the first of TensorRT, ONNX Runtime's CUDA provider
    /// and the CPU that can run it. If the required backend cannot, loading throws a
    /// <see cref="BackendUnavailableException"/> with the reason.
    /// </summary>
    public BackendKind? RequiredBackend { get; set; }

    /// <summary>The GPU to use, for the backends that use one. The first GPU by default.</summary>
    public GpuDevice Gpu { get; set; }

    /// <summary>Options for TensorRT.</summary>
    public TensorRtOptions TensorRT { get; set; } = new();

    /// <summary>Options for ONNX Runtime's CUDA provider.</summary>
    public OnnxRuntimeCudaOptions OnnxRuntimeCuda { get; set; } = new();

    /// <summary>
    /// Called with the options of each ONNX Runtime session before it is made, on the CUDA provider and on the processor, after
    /// the options above were set. It can add execution providers, session entries
    /// (<c>session.intra_op.allow_spinning</c>), libraries with custom operators, and shared thread pools. If
    /// <see cref="BackendKind.OnnxRuntimeCpu"/> is required, the model runs on the execution providers that it adds;
    /// <see cref="BackendInfo.Providers"/> names those that run a part of the model.
    /// </summary>
    /// <remarks>
    /// Loading throws <see cref="ModelOptionException"/> if TensorRT is required, and for a number of threads or an optimization
    /// level that is set here and above.
    /// </remarks>
    public Action<SessionOptions>? ConfigureSession { get; set; }

    /// <summary>
    /// Gets a line for each backend that was rejected, with the reason, a line for the backend that runs the model, and
    /// TensorRT's own messages.
    /// </summary>
    public ILogger? Logger { get; set; }

    /// <summary>Options that require one backend. Set the others with <see langword="with"/>.</summary>
    public static ModelOptions Require(BackendKind backend) => new() { RequiredBackend = backend };

    /// <summary>A checked copy that shares no option object or collection with this one.</summary>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used.</exception>
    internal ModelOptions Snapshot()
    {
        const string Here = nameof(ModelOptions);
        OptionCheck.Between(0, MaxThreads, IntraOpThreads, Here, nameof(IntraOpThreads));
        OptionCheck.Between(0, MaxThreads, InterOpThreads, Here, nameof(InterOpThreads));
        if (SharedThreads is { } shared)
        {
            OptionCheck.Between(0, MaxThreads, shared, Here, nameof(SharedThreads));
            if (IntraOpThreads > 0 || InterOpThreads > 1)
            {
                OptionCheck.Throw(Here, nameof(SharedThreads), $"is set, so that {nameof(IntraOpThreads)} and "
                    + $"{nameof(InterOpThreads)}, the threads of a pool of the model's own, must be 0");
            }
        }

        OptionCheck.Defined(GraphOptimization, Here, nameof(GraphOptimization));
        OptionCheck.NotBlank(OnnxRuntimeLibrary, Here, nameof(OnnxRuntimeLibrary));
        if (RequiredBackend is { } backend) OptionCheck.Defined(backend, Here, nameof(RequiredBackend));
        OptionCheck.AtLeast(0, Gpu.Index, Here, nameof(Gpu));
        OptionCheck.NotNull(TensorRT, Here, nameof(TensorRT));
        OptionCheck.NotNull(OnnxRuntimeCuda, Here, nameof(OnnxRuntimeCuda));
        return this with { TensorRT = TensorRT.Snapshot(), OnnxRuntimeCuda = OnnxRuntimeCuda.Snapshot() };
    }
}
