using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace TrtBindings;

/// <summary>
/// Base of the generated model classes: everything that does not depend on the model. The generated class adds the sizes,
/// names and types of one model.
/// </summary>
/// <typeparam name="TSelf">The generated class.</typeparam>
/// <typeparam name="TInputs">Its inputs.</typeparam>
/// <typeparam name="TOutputs">Its outputs.</typeparam>
/// <remarks>
/// Loading looks for TensorRT, ONNX Runtime's CUDA provider and ONNX Runtime on the CPU in this order, unless
/// <see cref="ModelOptions.RequiredBackend"/> names one. <see cref="OnnxModel.Backend"/> says what runs the model and why nothing
/// faster does. Every method that loads throws what <see cref="Load(ModelOptions, CancellationToken)"/> lists, and every one that
/// builds an engine what <see cref="BuildEngine(ModelOptions, IProgress{BuildProgress}, CancellationToken)"/> lists.
/// </remarks>
[SuppressMessage("Design", "CA1000", Justification = "Called through the generated class, which is not generic.")]
public abstract partial class OnnxModel<TSelf, TInputs, TOutputs> : OnnxModel
    where TSelf : OnnxModel<TSelf, TInputs, TOutputs>, IOnnxModel<TSelf>
    where TInputs : ModelInputs
    where TOutputs : ModelOutputs
{
    /// <summary>For generated code: loads the model.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected OnnxModel(ModelLoad load)
        : base(load)
    {
    }

    /// <summary>Loads the file that the build copied beside the program.</summary>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">
    /// Cancels the load. A backend's own call, such as reading the weights, is not interrupted; an engine build is.
    /// </param>
    /// <exception cref="GeneratedCodeException">
    /// The class was compiled with a release of TrtBindings that does not fit.
    /// </exception>
    /// <exception cref="ModelFileException">The file is missing or is not a model.</exception>
    /// <exception cref="EngineFileException">
    /// <see cref="TensorRtOptions.EngineFile"/> or the argument of <see cref="LoadEngine"/> is missing, damaged, not an engine,
    /// or for another TensorRT or GPU.
    /// </exception>
    /// <exception cref="SignatureMismatchException">The file is another model than the one that was compiled.</exception>
    /// <exception cref="ModelLoadException">The backend refuses the model.</exception>
    /// <exception cref="BackendUnavailableException">The backend that the options require cannot be used.</exception>
    /// <exception cref="NativeLibraryException">The backend's library or NVIDIA's driver is missing or too old.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses a ready engine.</exception>
    /// <exception cref="CudaException">The GPU does not work or has too little memory for a ready engine.</exception>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TSelf Load(ModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckContract();
        return LoadFrom(Shipped(), options, cancellationToken);
    }

    /// <summary>Loads a file.</summary>
    /// <param name="path">Path of the .onnx.</param>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="Load(ModelOptions, CancellationToken)" path="/exception"/>
    public static TSelf Load(string path, ModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckContract();
        return LoadFrom(ModelSource.FromFile(path), options, cancellationToken);
    }

    /// <summary>Loads a model in memory.</summary>
    /// <param name="bytes">The whole .onnx, with its weights inside.</param>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="Load(ModelOptions, CancellationToken)" path="/exception"/>
    public static TSelf Load(
        ReadOnlyMemory<byte> bytes, ModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckContract();
        return LoadFrom(ModelSource.FromBytes(bytes), options, cancellationToken);
    }

    /// <summary>Loads the file that the build copied beside the program, on a thread of the pool.</summary>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="Load(ModelOptions, CancellationToken)" path="/exception"/>
    public static Task<TSelf> LoadAsync(ModelOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(options, cancellationToken), cancellationToken);

    /// <summary>Loads a file, on a thread of the pool.</summary>
    /// <param name="path">Path of the .onnx.</param>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="Load(ModelOptions, CancellationToken)" path="/exception"/>
    public static Task<TSelf> LoadAsync(
        string path, ModelOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(path, options, cancellationToken), cancellationToken);

    /// <summary>Loads a model in memory, on a thread of the pool.</summary>
    /// <param name="bytes">The whole .onnx, with its weights inside.</param>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="Load(ModelOptions, CancellationToken)" path="/exception"/>
    public static Task<TSelf> LoadAsync(
        ReadOnlyMemory<byte> bytes, ModelOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Load(bytes, options, cancellationToken), cancellationToken);

    /// <summary>
    /// Loads a ready TensorRT engine of this model: from <c>BuildEngine</c>, trtexec or an Ultralytics export. No .onnx is
    /// needed; names, types, ranks and fixed sizes are checked. No other backend is tried.
    /// </summary>
    /// <param name="engineFile">
    /// Path of the engine. An engine is code that runs in this process: take only a file whose origin you trust.
    /// </param>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="Load(ModelOptions, CancellationToken)" path="/exception"/>
    public static TSelf LoadEngine(
        string engineFile, ModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckContract();
        return LoadFrom(ModelSource.FromEngine(engineFile), options, cancellationToken);
    }

    /// <summary>Loads a ready TensorRT engine of this model, on a thread of the pool; see <see cref="LoadEngine"/>.</summary>
    /// <param name="engineFile">Path of the engine; only a file whose origin you trust.</param>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="Load(ModelOptions, CancellationToken)" path="/exception"/>
    public static Task<TSelf> LoadEngineAsync(
        string engineFile, ModelOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => LoadEngine(engineFile, options, cancellationToken), cancellationToken);

    /// <summary>
    /// Runs once, and allocates nothing after the first run with the same inputs and outputs. The outputs' shapes are those that
    /// the backend reports.
    /// </summary>
    /// <param name="inputs">Inputs of this model.</param>
    /// <param name="outputs">Outputs of this model; unchanged if the run fails.</param>
    /// <param name="cancellationToken">Ends the run early, as far as the backend can.</param>
    /// <exception cref="TensorException">The inputs hold more than the outputs were allocated for.</exception>
    /// <exception cref="TensorsInUseException">Another run is using the inputs or the outputs.</exception>
    /// <exception cref="OnnxRuntimeException">ONNX Runtime failed.</exception>
    /// <exception cref="TensorRtException">TensorRT failed.</exception>
    /// <exception cref="CudaException">The GPU failed, or has too little memory.</exception>
    /// <exception cref="ObjectDisposedException">The model, the inputs or the outputs are disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(TInputs inputs, TOutputs outputs, CancellationToken cancellationToken = default) =>
        RunCore(inputs, outputs, cancellationToken);

    /// <summary>
    /// Runs once without a thread that waits for the GPU. Inputs and outputs are in use until the task is complete. The task
    /// fails with what <see cref="Run"/> throws.
    /// </summary>
    /// <param name="inputs">Inputs of this model.</param>
    /// <param name="outputs">Outputs of this model; unchanged if the run fails.</param>
    /// <param name="cancellationToken">Ends the run early. On a GPU it has no effect once the run is queued.</param>
    /// <inheritdoc cref="Run" path="/exception"/>
    public Task RunAsync(TInputs inputs, TOutputs outputs, CancellationToken cancellationToken = default) =>
        RunAsyncCore(inputs, outputs, cancellationToken);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract override TInputs CreateInputsCore(ReadOnlySpan<long> dimensions);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract override TOutputs CreateOutputsCore(ReadOnlySpan<long> dimensions);

    /// <summary>
    /// Comes first everywhere: it touches nothing else of the generated class, so it also speaks where the rest cannot be run.
    /// </summary>
    private static void CheckContract() => GeneratedCodeContract.Check(TSelf.Contract, typeof(TSelf));

    private static TSelf LoadFrom(ModelSource source, ModelOptions? options, CancellationToken cancellationToken) =>
        TSelf.Create(new(TSelf.CompiledSignature, source, options, cancellationToken));

    private static ModelSource Shipped() => ModelSource.Find(TSelf.CompiledSignature, typeof(TSelf).Assembly);
}
