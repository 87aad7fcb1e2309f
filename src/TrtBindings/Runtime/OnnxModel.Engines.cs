using System.ComponentModel;
using TrtBindings.Backends;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Host;

namespace TrtBindings;

/// <content>Engines of TensorRT.</content>
public abstract partial class OnnxModel
{
    /// <summary>For generated code: builds an engine, or finds it in the cache.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static BuiltEngine BuildEngineCore(
        ModelSignature signature, ModelSource source, TensorRtOptions? options, IProgress<BuildProgress>? progress,
        CancellationToken cancellationToken) =>
        BuildEngineCore(signature, source, new ModelOptions { TensorRT = options ?? TensorRtOptions.Default }, progress,
            cancellationToken);

    /// <summary>For generated code: the same with the options that the model will be loaded with.</summary>
    /// <exception cref="ModelFileException">The file is missing or not a model.</exception>
    /// <exception cref="SignatureMismatchException">It is another model than the one compiled.</exception>
    /// <exception cref="TensorException">A profile names no dimension of the model, or lacks one.</exception>
    /// <exception cref="NativeLibraryException">TensorRT, its parser or the driver is missing or unusable.</exception>
    /// <exception cref="CudaException">The GPU is not there, or cannot be used.</exception>
    /// <exception cref="EngineBuildException">The model, an option or the installation does not allow it.</exception>
    /// <exception cref="EngineCacheException">The cache cannot be written, or has no room.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static BuiltEngine BuildEngineCore(
        ModelSignature signature, ModelSource source, ModelOptions options, IProgress<BuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.TensorRT.EngineFile is { } file)
        {
            throw new ArgumentException($"TensorRtOptions.EngineFile names a ready engine, '{file}': there is nothing to build. "
                + "Leave it out, or load that engine.");
        }

        var declaration = ProfileResolver.Declaration(signature, options.TensorRT);
        var description = ModelCheck.Describe(signature, source);
        // Before TensorRT is looked for: what is wrong with the options is wrong on every machine.
        _ = ProfileResolver.Complete(signature, declaration);
        var host = TensorRtHost.Open(TensorRtSettings.Host(options));
        return new TensorRtBuild(host, source, signature, description, declaration, options)
            .FindOrBuild(progress, cancellationToken);
    }
}
