using System.ComponentModel;

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
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected static BuiltEngine BuildEngineCore(
        ModelSignature signature, ModelSource source, ModelOptions options, IProgress<BuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var declaration = ProfileResolver.Declaration(signature, options.TensorRT);
        _ = ProfileResolver.Complete(signature, declaration);
        _ = ModelCheck.Describe(signature, source);
        throw new BackendUnavailableException(
            source.Name, BackendKind.TensorRT, "this version of TrtBindings has no TensorRT backend yet.");
    }
}
