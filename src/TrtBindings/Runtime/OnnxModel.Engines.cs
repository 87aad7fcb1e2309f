using System.ComponentModel;
using TrtBindings.Backends;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Host;

namespace TrtBindings;

/// <content>TensorRT engine builds.</content>
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
        if (options.TensorRT.EngineFile is { } file)
        {
            throw new ModelOptionException("TensorRtOptions.EngineFile", "TensorRtOptions.EngineFile names a ready engine, "
                + $"'{file}': there is nothing to build. Leave it out, or load that engine.");
        }

        var declaration = ProfileResolver.Declaration(signature, options.TensorRT);
        var description = ModelCheck.Describe(signature, source);
        // Checked before TensorRT is looked for, so that wrong options are reported on every machine.
        _ = ProfileResolver.Complete(signature, declaration);
        var host = TensorRtHost.Open(TensorRtSettings.Host(options));
        return new TensorRtBuild(host, source, signature, description, declaration, options)
            .FindOrBuild(progress, cancellationToken);
    }
}
