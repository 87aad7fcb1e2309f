using TrtBindings.Runtime;
using TrtBindings.TensorRT;

namespace TrtBindings;

/// <summary>
/// A model without a generated class, for programs that get a file at run time: tools, servers, tests. Inputs and outputs are
/// those that the file describes, found by name. Everything else is as with a generated class, but nothing is checked while you
/// compile. Thread-safe, except for disposal.
/// </summary>
/// <remarks>
/// <code>
/// using var model = UntypedOnnxModel.Load("model.onnx");
/// using var inputs = model.AllocateInputs(1);             // a value for each of Signature.InputDimensions
/// using var outputs = model.AllocateOutputs(inputs);
/// pixels.CopyTo(inputs.Get&lt;float&gt;("images").Span);
/// model.Run(inputs, outputs);
/// ReadOnlySpan&lt;float&gt; scores = outputs.Get&lt;float&gt;("scores").Span;
/// </code>
/// </remarks>
public sealed class UntypedOnnxModel : OnnxModel
{
    private UntypedOnnxModel(ModelLoad load)
        : base(load)
    {
    }

    /// <summary>Loads a file.</summary>
    /// <param name="path">Path of the .onnx.</param>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <exception cref="ModelFileException">The file is missing or is not a model.</exception>
    /// <exception cref="EngineFileException">
    /// <see cref="TensorRtOptions.EngineFile"/> or the argument of <see cref="LoadEngine"/> is missing, damaged, not an engine,
    /// or for another TensorRT or GPU.
    /// </exception>
    /// <exception cref="ModelLoadException">The backend refuses the model.</exception>
    /// <exception cref="BackendUnavailableException">The backend that the options require cannot be used.</exception>
    /// <exception cref="NativeLibraryException">The backend's library or NVIDIA's driver is missing or too old.</exception>
    /// <exception cref="TensorRtException">TensorRT refuses a ready engine.</exception>
    /// <exception cref="CudaException">The GPU does not work or has too little memory for a ready engine.</exception>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static UntypedOnnxModel Load(
        string path, ModelOptions? options = null, CancellationToken cancellationToken = default) =>
        Load(ModelSource.FromFile(path), options, cancellationToken);

    /// <summary>Loads a model in memory.</summary>
    /// <param name="bytes">The whole .onnx, with its weights inside.</param>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="Load(string, ModelOptions?, CancellationToken)" path="/exception"/>
    public static UntypedOnnxModel Load(
        ReadOnlyMemory<byte> bytes, ModelOptions? options = null, CancellationToken cancellationToken = default) =>
        Load(ModelSource.FromBytes(bytes), options, cancellationToken);

    /// <summary>
    /// Loads a ready TensorRT engine without its .onnx: from <c>BuildEngine</c>, trtexec or an Ultralytics export. The engine is
    /// opened twice, because its inputs and outputs are known only once TensorRT has opened it. Dimensions of an engine have no
    /// names. In an engine with one input a dynamic first dimension is taken for the batch, and gets that name in all tensors.
    /// </summary>
    /// <param name="engineFile">
    /// Path of the engine. An engine is code that runs in this process: take only a file whose origin you trust.
    /// </param>
    /// <param name="options">Options of the load; the defaults if <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the load.</param>
    /// <inheritdoc cref="Load(string, ModelOptions?, CancellationToken)" path="/exception"/>
    public static UntypedOnnxModel LoadEngine(
        string engineFile, ModelOptions? options = null, CancellationToken cancellationToken = default) =>
        Load(ModelSource.FromEngine(engineFile), options, cancellationToken);

    /// <summary>
    /// Builds the TensorRT engine of a file, or finds it in the cache. <c>Load</c> with the same options runs it.
    /// </summary>
    /// <param name="path">Path of the .onnx.</param>
    /// <param name="options">The options that the load will get; the defaults if <see langword="null"/>.</param>
    /// <param name="progress">Gets the progress of the build, called from TensorRT's threads.</param>
    /// <param name="cancellationToken">Cancels the build; nothing is left behind.</param>
    /// <exception cref="ModelFileException">The file is missing or is not a model.</exception>
    /// <exception cref="ModelOptionException">An option cannot be used, or a profile leaves out a dimension.</exception>
    /// <exception cref="NativeLibraryException">TensorRT, its builder or NVIDIA's driver is missing or too old.</exception>
    /// <exception cref="CudaException">The GPU is not there or does not work.</exception>
    /// <exception cref="EngineBuildException">TensorRT refuses the model or an option; it names nodes and inputs.</exception>
    /// <exception cref="EngineCacheException">The cache cannot be written or has no room.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static BuiltEngine BuildEngine(string path, ModelOptions? options = null,
        IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var source = ModelSource.FromFile(path);
        options ??= new();
        return BuildEngineCore(SignatureOf(source, options), source, options, progress, cancellationToken);
    }

    /// <summary>
    /// Allocates inputs for these values of the signature's <see cref="ModelSignature.InputDimensions"/>, in that order; none for
    /// a model of fixed sizes. The values are the capacity; <see cref="UntypedInputs.Resize"/> sets smaller ones.
    /// </summary>
    /// <param name="dimensions">A value for each dynamic dimension, at least 0.</param>
    /// <exception cref="ArgumentException">Not as many values as dimensions.</exception>
    /// <exception cref="TensorException">
    /// A value that no tensor can have, too little memory, or an input that is no tensor or of a type without a C# form.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public UntypedInputs AllocateInputs(params ReadOnlySpan<long> dimensions) => new(this, dimensions);

    /// <summary>Allocates inputs of these shapes. Those that are left out must have a fixed shape, or share dimensions.</summary>
    /// <param name="shapes">Shapes by the name of the input.</param>
    /// <exception cref="TensorException">
    /// No input has this name; a shape contradicts the file or another shape; or the sizes of an input are not known.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public UntypedInputs AllocateInputs(IReadOnlyDictionary<string, long[]> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        var inputs = new UntypedInputs(this, GivenShapes.Dimensions(Signature, shapes));
        try
        {
            foreach (var (name, shape) in shapes)
                if (inputs[name] is IUnrankedInput open) open.Reshape(shape);
            return inputs;
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Allocates outputs for these values of the signature's <see cref="ModelSignature.OutputDimensions"/>, in that order.
    /// </summary>
    /// <param name="dimensions">A value for each, at least 0.</param>
    /// <exception cref="ArgumentException">Not as many values as dimensions.</exception>
    /// <exception cref="TensorException">A value that no tensor can have, or too little memory.</exception>
    /// <exception cref="ObjectDisposedException">The model is disposed.</exception>
    public UntypedOutputs AllocateOutputs(params ReadOnlySpan<long> dimensions) => new(this, dimensions);

    /// <summary>Allocates outputs for all that these inputs can hold.</summary>
    /// <param name="inputs">Inputs of this model.</param>
    /// <inheritdoc cref="AllocateOutputs(ReadOnlySpan{long})" path="/exception"/>
    public UntypedOutputs AllocateOutputs(UntypedInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var capacities = inputs.DimensionCapacities;
        var shared = Signature.OutputDimensions;
        var dimensions = new long[shared.Count];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = capacities[Signature.IndexOfInputDimension(shared[i])];
        return new(this, dimensions);
    }

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
    public void Run(UntypedInputs inputs, UntypedOutputs outputs, CancellationToken cancellationToken = default) =>
        RunCore(inputs, outputs, cancellationToken);

    /// <summary>
    /// Runs once without a thread that waits for the GPU. Inputs and outputs are in use until the task is complete. The task
    /// fails with what <see cref="Run"/> throws.
    /// </summary>
    /// <param name="inputs">Inputs of this model.</param>
    /// <param name="outputs">Outputs of this model; unchanged if the run fails.</param>
    /// <param name="cancellationToken">Ends the run early. On a GPU it has no effect once the run is queued.</param>
    public Task RunAsync(UntypedInputs inputs, UntypedOutputs outputs, CancellationToken cancellationToken = default) =>
        RunAsyncCore(inputs, outputs, cancellationToken);

    /// <inheritdoc/>
    protected override ModelInputs CreateInputsCore(ReadOnlySpan<long> dimensions) => AllocateInputs(dimensions);

    /// <inheritdoc/>
    protected override ModelOutputs CreateOutputsCore(ReadOnlySpan<long> dimensions) => AllocateOutputs(dimensions);

    private static UntypedOnnxModel Load(ModelSource source, ModelOptions? options, CancellationToken cancellationToken)
    {
        options ??= new();
        return new(new(SignatureOf(source, options), source, options, cancellationToken));
    }

    private static ModelSignature SignatureOf(ModelSource source, ModelOptions options)
    {
        var file = source.Describe();
        if (source.IsEngine) file = EngineSignature.Read(source.Path!, file, options.Snapshot());
        return new(source.Name, file.Inputs, file.Outputs, ModelLabels.Of(file)) { OptionalInputs = file.OptionalInputs };
    }
}
