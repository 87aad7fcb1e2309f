using System.ComponentModel;
using TrtBindings.Backends;
using TrtBindings.Runtime;
using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>
/// Base of the generated model classes: a loaded model and the backend that runs it. Thread-safe, except for disposal:
/// many threads may run one model, each with its own inputs and outputs.
/// </summary>
public abstract partial class OnnxModel : IRunnableModel, IDisposable
{
    private readonly IBackendSession _session;
    private bool _disposed;

    /// <summary>
    /// For generated code: reads the file, checks it against the compiled signature and loads it. It throws what
    /// <c>OnnxModel&lt;TSelf, TInputs, TOutputs&gt;.Load</c> lists.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected OnnxModel(ModelLoad load)
    {
        ArgumentNullException.ThrowIfNull(load);
        (Signature, Source) = (load.Signature, load.Source);
        load.CancellationToken.ThrowIfCancellationRequested();
        Declaration = ProfileResolver.Declaration(Signature, load.Options.TensorRT);
        Description = ModelCheck.Describe(Signature, Source);
        var request = new LoadRequest(Source, Signature, Description, Declaration, load.Options) { Gate = ParityGate.Instance };
        (_session, Backend) = BackendSelector.Load(request, load.CancellationToken);
        Gpu = _session is IGpuSession session ? new(session, this, load.Options) : null;
    }

    /// <summary>The model that this class was compiled for.</summary>
    public ModelSignature Signature { get; }

    /// <summary>The description in the loaded file.</summary>
    public ModelDescription Description { get; }

    /// <summary>The backend that runs the model, and why no faster one does.</summary>
    public BackendInfo Backend { get; }

    /// <summary>
    /// A model on a GPU: its memory, and runs with work on the GPU around them. <see langword="null"/> on the CPU, and with
    /// <see cref="OnnxRuntimeCudaOptions.ConcurrentRuns"/>. What ONNX Runtime's CUDA provider cannot tell (memory, layers, times
    /// of layers) is a <see cref="NotSupportedException"/> there.
    /// </summary>
    public ModelGpu? Gpu { get; }

    /// <summary>The file or memory that the model was loaded from.</summary>
    public ModelSource Source { get; }

    /// <summary>The item's declaration; profiles in the options replace those of the item.</summary>
    internal ModelDeclaration Declaration { get; }

    /// <summary>The loaded model.</summary>
    internal IBackendSession Session => _session;

    /// <summary>The host memory that the backend copies fastest.</summary>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    internal IHostMemory HostMemory
    {
        get
        {
            ThrowIfDisposed();
            return _session.HostMemory;
        }
    }

    /// <summary>
    /// Unloads the model. Inputs and outputs can still be read. A run in progress finishes first.
    /// </summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _session.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    ModelInputs IRunnableModel.CreateInputs(params ReadOnlySpan<long> dimensions) => CreateInputsCore(dimensions);

    /// <inheritdoc/>
    ModelOutputs IRunnableModel.CreateOutputs(params ReadOnlySpan<long> dimensions) => CreateOutputsCore(dimensions);

    /// <inheritdoc/>
    void IRunnableModel.Resize(ModelInputs inputs, params ReadOnlySpan<long> dimensions) => inputs.ResizeTo(dimensions);

    /// <inheritdoc/>
    void IRunnableModel.Run(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken) =>
        RunCore(inputs, outputs, cancellationToken);

    /// <inheritdoc/>
    Task IRunnableModel.RunAsync(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken) =>
        RunAsyncCore(inputs, outputs, cancellationToken);

    /// <summary>For generated code: allocates inputs for these values of the dynamic dimensions.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract ModelInputs CreateInputsCore(ReadOnlySpan<long> dimensions);

    /// <summary>For generated code: allocates outputs for these values of the dynamic dimensions.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract ModelOutputs CreateOutputsCore(ReadOnlySpan<long> dimensions);
}
