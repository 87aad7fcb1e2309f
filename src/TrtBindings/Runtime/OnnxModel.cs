using System.ComponentModel;
using TrtBindings.Backends;
using TrtBindings.Runtime;
using TrtBindings.TensorRT.Building;
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

    /// <summary>For generated code: reads the file, checks it against the compiled signature and loads it.</summary>
    /// <exception cref="ModelFileException">The file is missing or not a model.</exception>
    /// <exception cref="SignatureMismatchException">It is another model than the one compiled.</exception>
    /// <exception cref="ModelLoadException">The backend will not run it.</exception>
    /// <exception cref="BackendUnavailableException">The backend that the options require cannot be had.</exception>
    /// <exception cref="NativeLibraryException">The backend's library is missing or too old.</exception>
    /// <exception cref="TensorException">A profile in the options names no dimension of the model.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected OnnxModel(ModelSignature signature, ModelSource source, ModelOptions? options)
    {
        options ??= ModelOptions.Default;
        Signature = signature;
        Source = source;
        Declaration = ProfileResolver.Declaration(signature, options.TensorRT);
        Description = ModelCheck.Describe(signature, source);
        (_session, Backend) = BackendSelector.Load(new(source, signature, Description, Declaration, options));
        Gpu = _session is IGpuSession session ? new(session, this) : null;
    }

    /// <summary>What this class was compiled against.</summary>
    public ModelSignature Signature { get; }

    /// <summary>What the loaded file says of itself.</summary>
    public ModelDescription Description { get; }

    /// <summary>What runs the model, and why nothing faster does.</summary>
    public BackendInfo Backend { get; }

    /// <summary>
    /// What can be asked of a model that runs on a GPU: memory, layers, times; <see langword="null"/> where a backend runs it
    /// that cannot say (ONNX Runtime, whatever its provider).
    /// </summary>
    public ModelGpu? Gpu { get; }

    /// <summary>Where the model came from.</summary>
    public ModelSource Source { get; }

    /// <summary>What the item declares, with the profiles that the options put in place of its own.</summary>
    internal ModelDeclaration Declaration { get; }

    /// <summary>The kind of host memory that the backend copies fastest.</summary>
    internal IHostMemory HostMemory => _session.HostMemory;

    /// <summary>
    /// Unloads the model. Inputs and outputs stay valid to read; a run that is under way ends first in its own time.
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

    /// <summary>For generated code: inputs with room for these values of the dynamic dimensions.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract ModelInputs CreateInputsCore(ReadOnlySpan<long> dimensions);

    /// <summary>For generated code: outputs with room for these values of the dynamic dimensions.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract ModelOutputs CreateOutputsCore(ReadOnlySpan<long> dimensions);
}
