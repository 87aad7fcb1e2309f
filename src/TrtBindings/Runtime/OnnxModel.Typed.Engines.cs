namespace TrtBindings;

/// <content>Engine builds.</content>
public abstract partial class OnnxModel<TSelf, TInputs, TOutputs>
{
    /// <summary>
    /// Builds a TensorRT engine of the file that the build copied beside the program, or finds it in the cache. A build takes
    /// seconds to many minutes. <c>Load</c> with the same options runs the engine.
    /// </summary>
    /// <param name="options">The options that <c>Load</c> will get: they also name the GPU and the logger.</param>
    /// <param name="progress">Gets the progress of the build, called from TensorRT's threads.</param>
    /// <param name="cancellationToken">Cancels the build; nothing is left behind.</param>
    /// <exception cref="GeneratedCodeException">
    /// The class was compiled with a release of TrtBindings that does not fit.
    /// </exception>
    /// <exception cref="ModelFileException">The file is missing or is not a model.</exception>
    /// <exception cref="SignatureMismatchException">The file is another model than the one that was compiled.</exception>
    /// <exception cref="ModelOptionException">An option cannot be used, or a profile leaves out a dimension.</exception>
    /// <exception cref="NativeLibraryException">TensorRT, its builder or NVIDIA's driver is missing or too old.</exception>
    /// <exception cref="CudaException">The GPU is not there or does not work.</exception>
    /// <exception cref="EngineBuildException">TensorRT refuses the model or an option; it names nodes and inputs.</exception>
    /// <exception cref="EngineParityException">
    /// The engine does not answer as ONNX Runtime does on the processor, or could not be compared: <see cref="ParityOptions"/>.
    /// </exception>
    /// <exception cref="EngineCacheException">The cache cannot be written or has no room.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static BuiltEngine BuildEngine(
        ModelOptions options, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        CheckContract();
        return BuildEngineCore(TSelf.CompiledSignature, Shipped(), options, progress, cancellationToken);
    }

    /// <summary>Builds a TensorRT engine of the file beside the program with default options otherwise, or finds it.</summary>
    /// <param name="options">Options of the build; the defaults if <see langword="null"/>.</param>
    /// <param name="progress">Gets the progress of the build, called from TensorRT's threads.</param>
    /// <param name="cancellationToken">Cancels the build; nothing is left behind.</param>
    /// <inheritdoc cref="BuildEngine(ModelOptions, IProgress{BuildProgress}, CancellationToken)" path="/exception"/>
    public static BuiltEngine BuildEngine(
        TensorRtOptions? options = null, IProgress<BuildProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        BuildEngine(With(options), progress, cancellationToken);

    /// <summary>Builds a TensorRT engine of a file, or finds it in the cache.</summary>
    /// <param name="path">Path of the .onnx.</param>
    /// <param name="options">The options that <c>Load</c> will get: they also name the GPU and the logger.</param>
    /// <param name="progress">Gets the progress of the build, called from TensorRT's threads.</param>
    /// <param name="cancellationToken">Cancels the build; nothing is left behind.</param>
    /// <inheritdoc cref="BuildEngine(ModelOptions, IProgress{BuildProgress}, CancellationToken)" path="/exception"/>
    public static BuiltEngine BuildEngine(
        string path, ModelOptions options, IProgress<BuildProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        CheckContract();
        return BuildEngineCore(TSelf.CompiledSignature, ModelSource.FromFile(path), options, progress, cancellationToken);
    }

    /// <summary>Builds a TensorRT engine of a file with default options otherwise, or finds it in the cache.</summary>
    /// <param name="path">Path of the .onnx.</param>
    /// <param name="options">Options of the build; the defaults if <see langword="null"/>.</param>
    /// <param name="progress">Gets the progress of the build, called from TensorRT's threads.</param>
    /// <param name="cancellationToken">Cancels the build; nothing is left behind.</param>
    /// <inheritdoc cref="BuildEngine(ModelOptions, IProgress{BuildProgress}, CancellationToken)" path="/exception"/>
    public static BuiltEngine BuildEngine(
        string path, TensorRtOptions? options = null, IProgress<BuildProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        BuildEngine(path, With(options), progress, cancellationToken);

    /// <summary>Builds a TensorRT engine of the file beside the program, or finds it, on a thread of the pool.</summary>
    /// <param name="options">The options that <c>Load</c> will get; the defaults if <see langword="null"/>.</param>
    /// <param name="progress">Gets the progress of the build, called from TensorRT's threads.</param>
    /// <param name="cancellationToken">Cancels the build; nothing is left behind.</param>
    /// <inheritdoc cref="BuildEngine(ModelOptions, IProgress{BuildProgress}, CancellationToken)" path="/exception"/>
    public static Task<BuiltEngine> BuildEngineAsync(
        ModelOptions? options = null, IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => BuildEngine(options ?? new(), progress, cancellationToken), cancellationToken);

    /// <summary>Builds a TensorRT engine of a file, or finds it in the cache, on a thread of the pool.</summary>
    /// <param name="path">Path of the .onnx.</param>
    /// <param name="options">The options that <c>Load</c> will get; the defaults if <see langword="null"/>.</param>
    /// <param name="progress">Gets the progress of the build, called from TensorRT's threads.</param>
    /// <param name="cancellationToken">Cancels the build; nothing is left behind.</param>
    /// <inheritdoc cref="BuildEngine(ModelOptions, IProgress{BuildProgress}, CancellationToken)" path="/exception"/>
    public static Task<BuiltEngine> BuildEngineAsync(
        string path, ModelOptions? options = null, IProgress<BuildProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Task.Run(() => BuildEngine(path, options ?? new(), progress, cancellationToken), cancellationToken);

    private static ModelOptions With(TensorRtOptions? options) => new() { TensorRT = options ?? new() };
}
