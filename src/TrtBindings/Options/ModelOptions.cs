using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace TrtBindings;

/// <summary>How a model is loaded. The defaults suit one model that has the machine to itself.</summary>
public sealed record ModelOptions
{
    /// <summary>Threads that one operator may use; 0 lets the backend decide (one for each core).</summary>
    public int IntraOpThreads { get; init; }

    /// <summary>Operators that may run at the same time; 0 and 1 run them one after the other.</summary>
    public int InterOpThreads { get; init; }

    /// <summary>How far the CPU backend rewrites the graph before it runs it.</summary>
    public GraphOptimization GraphOptimization { get; init; } = GraphOptimization.All;

    /// <summary>
    /// Path of the ONNX Runtime library to use; <see langword="null"/> looks in the usual places. The first model loaded
    /// decides for the process: a library cannot be exchanged.
    /// </summary>
    public string? OnnxRuntimeLibrary { get; init; }

    /// <summary>
    /// The backend that the model must run on; <see langword="null"/> takes the first of TensorRT, ONNX Runtime's CUDA
    /// provider and the CPU that can run it. If the required one cannot, <see cref="BackendUnavailableException"/> says why.
    /// </summary>
    public BackendKind? Required { get; init; }

    /// <summary>The GPU to use, where a GPU is used.</summary>
    public GpuDevice Gpu { get; init; }

    /// <summary>Options of TensorRT, where that is used.</summary>
    public TensorRtOptions TensorRT { get; init; } = TensorRtOptions.Default;

    /// <summary>Options of ONNX Runtime's CUDA provider, where that is used.</summary>
    public OnnxRuntimeCudaOptions OnnxRuntimeCuda { get; init; } = OnnxRuntimeCudaOptions.Default;

    /// <summary>
    /// Called with the options of each ONNX Runtime session before it is made, on the CUDA provider and on the processor, after
    /// the options above were set. It can add execution providers, session entries
    /// (<c>session.intra_op.allow_spinning</c>), libraries with custom operators, and shared thread pools. With
    /// <see cref="BackendKind.OnnxRuntimeCpu"/> required, the model runs on the execution providers that it adds;
    /// <see cref="BackendInfo.Providers"/> names those that got a part of the model.
    /// </summary>
    /// <remarks>
    /// Loading throws <see cref="ArgumentException"/> where it cannot be combined with other options:
    /// where TensorRT is required, and for a number of threads or an optimization level that is set here and above.
    /// </remarks>
    public Action<SessionOptions>? ConfigureSession { get; init; }

    /// <summary>
    /// Gets one line for each backend that was refused, with the reason, and one for the backend that was taken.
    /// </summary>
    public ILogger? Logger { get; init; }

    /// <summary>Options that allow one backend only; others are set with <see langword="with"/>.</summary>
    public static ModelOptions Require(BackendKind backend) => new() { Required = backend };

    internal static ModelOptions Default { get; } = new();
}
