using System.ComponentModel;
using TrtBindings.Backends;
using TrtBindings.Model;

namespace TrtBindings;

/// <summary>
/// Base of the generated model classes: a loaded model and the backend that runs it. Thread-safe, except for disposal:
/// many threads may run one model, each with its own inputs and outputs.
/// </summary>
public abstract class OnnxModel : IRunnableModel, IDisposable
{
    private readonly IBackendEngine _engine;
    private bool _disposed;

    /// <summary>For generated code: reads the file, checks it against the compiled signature and loads it.</summary>
    /// <exception cref="ModelFileException">The file is missing or not a model.</exception>
    /// <exception cref="SignatureMismatchException">It is another model than the one compiled.</exception>
    /// <exception cref="ModelLoadException">The backend will not run it.</exception>
    /// <exception cref="BackendUnavailableException">The backend that the options require cannot be had.</exception>
    /// <exception cref="NativeLibraryException">The backend's library is missing or too old.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected OnnxModel(ModelSignature signature, ModelSource source, ModelOptions? options)
    {
        Signature = signature;
        Source = source;
        Description = source.Describe();
        if (signature.FirstDifference(Description) is { } difference)
            throw new SignatureMismatchException(source.Name, difference);
        (_engine, Backend) = BackendSelector.Load(source, signature, options ?? ModelOptions.Default);
    }

    /// <summary>What this class was compiled against.</summary>
    public ModelSignature Signature { get; }

    /// <summary>What the loaded file says of itself.</summary>
    public ModelDescription Description { get; }

    /// <summary>What runs the model, and why nothing faster does.</summary>
    public BackendInfo Backend { get; }

    /// <summary>Where the model came from.</summary>
    public ModelSource Source { get; }

    /// <summary>
    /// Unloads the model. Inputs and outputs stay valid to read; a run that is under way ends first in its own time.
    /// </summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _engine.Dispose();
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

    /// <summary>For generated code: inputs with room for these values of the dynamic dimensions.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract ModelInputs CreateInputsCore(ReadOnlySpan<long> dimensions);

    /// <summary>For generated code: outputs with room for these values of the dynamic dimensions.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract ModelOutputs CreateOutputsCore(ReadOnlySpan<long> dimensions);

    /// <summary>
    /// Runs once. Allocates nothing after the first run with the same inputs and outputs. Output shapes are those that
    /// the backend reports. If it throws, the outputs keep what they held and everything stays usable.
    /// </summary>
    /// <exception cref="TensorException">The inputs hold more than the outputs were allocated for.</exception>
    /// <exception cref="TensorsInUseException">Another run is using the inputs or the outputs.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void RunCore(ModelInputs inputs, ModelOutputs outputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        ObjectDisposedException.ThrowIf(_disposed, this);
        CheckOwner(inputs.Signature, "inputs");
        CheckOwner(outputs.Signature, "outputs");
        inputs.Enter();
        try
        {
            outputs.Enter();
            try
            {
                outputs.CheckCapacity(inputs);
                BindingOf(inputs, outputs).Run(cancellationToken);
            }
            finally
            {
                outputs.Exit();
            }
        }
        finally
        {
            inputs.Exit();
        }
    }

    /// <summary>The outputs remember the last binding: a caller who stays with one pair never makes a second.</summary>
    private IBackendBinding BindingOf(ModelInputs inputs, ModelOutputs outputs)
    {
        if (outputs.Attachment is RunBinding known && known.Engine == _engine && known.Inputs == inputs) return known.Binding;
        outputs.Attachment?.Dispose();
        outputs.Attachment = null;
        var binding = new RunBinding(_engine, inputs, _engine.Bind(inputs.Tensors, outputs.Tensors));
        outputs.Attachment = binding;
        return binding.Binding;
    }

    private void CheckOwner(ModelSignature signature, string kind)
    {
        if (!ReferenceEquals(signature, Signature))
            throw new ArgumentException($"These {kind} were allocated for '{signature.File}', not for '{Signature.File}'.");
    }

    internal sealed record RunBinding(IBackendEngine Engine, ModelInputs Inputs, IBackendBinding Binding) : IDisposable
    {
        public void Dispose() => Binding.Dispose();
    }
}
