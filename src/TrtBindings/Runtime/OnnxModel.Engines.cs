using System.ComponentModel;
using TrtBindings.Backends;
using TrtBindings.Runtime;
using TrtBindings.TensorRT;

namespace TrtBindings;

/// <content>Building TensorRT engines and replacing their weights.</content>
public abstract partial class OnnxModel
{
    /// <summary>
    /// For generated code: builds an engine, or finds it in the cache. It throws what
    /// <c>OnnxModel&lt;TSelf, TInputs, TOutputs&gt;.BuildEngine</c> lists.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static BuiltEngine BuildEngineCore(
        ModelSignature signature, ModelSource source, ModelOptions options, IProgress<BuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options.Snapshot();
        var declaration = ProfileResolver.Declaration(signature, options.TensorRT);
        var description = ModelCheck.Describe(signature, source);
        var request = new LoadRequest(source, signature, description, declaration, options) { Gate = ParityGate.Instance };
        return TensorRtProvider.BuildEngine(request, progress, cancellationToken);
    }

    /// <summary>
    /// Replaces the weights with those of another .onnx file of the same graph, without building an engine. Runs in flight
    /// finish with the old weights; runs that start later wait for the new ones. CUDA graphs are dropped and captured again.
    /// Inputs and outputs stay valid. The engine cache is not changed: the next load starts with the weights of its own file.
    /// </summary>
    /// <param name="path">An .onnx file with the same signature and the same graph.</param>
    /// <param name="cancellationToken">Ends the wait for runs in flight.</param>
    /// <exception cref="ModelOptionException">
    /// Another backend than TensorRT runs the model, or its engine was built without <see cref="TensorRtOptions.Refittable"/>.
    /// </exception>
    /// <exception cref="ModelFileException">The file is missing or not a model.</exception>
    /// <exception cref="SignatureMismatchException">Its signature differs from the compiled one.</exception>
    /// <exception cref="TensorRtException">
    /// The file does not have the engine's weights: the old weights stay. Or TensorRT failed while it wrote the weights: runs
    /// throw until another refit succeeds.
    /// </exception>
    /// <exception cref="NativeLibraryException">TensorRT's parser library is missing or unusable.</exception>
    /// <exception cref="CudaException">The GPU failed.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while runs were in flight.</exception>
    public void Refit(string path, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        if (Backend.Kind != BackendKind.TensorRT || _session is not IGpuSession session)
        {
            throw new ModelOptionException("ModelOptions.RequiredBackend",
                $"{Backend} runs this model and takes no other weights. Load it with ModelOptions.RequiredBackend = "
                + "BackendKind.TensorRT and TensorRtOptions.Refittable.");
        }

        var source = ModelSource.FromFile(path);
        session.Refit(source, ModelCheck.Describe(Signature, source, hasNewWeights: true), cancellationToken);
    }
}
