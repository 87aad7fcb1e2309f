using System.Diagnostics.CodeAnalysis;
using TrtBindings.Backends;
using TrtBindings.Backends.OnnxRuntime;

namespace TrtBindings.OnnxRuntime;

/// <summary>ONNX Runtime on the processor: the last resort, whose errors are the model's.</summary>
internal sealed class OnnxRuntimeCpuProvider : IBackendProvider
{
    public BackendKind Kind => BackendKind.OnnxRuntimeCpu;

    /// <summary>What both providers of ONNX Runtime make a session with.</summary>
    public static OrtSettings SettingsOf(ModelOptions options) => new(
        options.IntraOpThreads, options.InterOpThreads, (int)options.GraphOptimization, options.OnnxRuntimeLibrary);

    /// <inheritdoc/>
    /// <exception cref="ModelLoadException">ONNX Runtime will not run the model.</exception>
    /// <exception cref="NativeLibraryException">ONNX Runtime's library is missing or unusable.</exception>
    public bool TryLoad(LoadRequest request, CancellationToken cancellationToken,
        [NotNullWhen(true)] out IBackendSession? session, [NotNullWhen(false)] out BackendRefusal? refusal)
    {
        var source = request.Source;
        try
        {
            session = OrtEngine.Load(source.Path, source.Bytes, SettingsOf(request.Options));
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelLoadException(source.Name, BackendNames.Of(Kind), e.RuntimeMessage, e);
        }

        refusal = null;
        return true;
    }
}
