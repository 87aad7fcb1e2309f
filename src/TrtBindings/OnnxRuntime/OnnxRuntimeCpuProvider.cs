using System.Diagnostics.CodeAnalysis;
using TrtBindings.Backends;

namespace TrtBindings.OnnxRuntime;

/// <summary>ONNX Runtime on the CPU: the last backend, so its errors are thrown.</summary>
internal sealed class OnnxRuntimeCpuProvider : IBackendProvider
{
    public BackendKind Kind => BackendKind.OnnxRuntimeCpu;

    /// <summary>The session settings of both ONNX Runtime backends.</summary>
    public static OrtSettings SettingsOf(ModelOptions options) => new(
        options.IntraOpThreads, options.InterOpThreads, (int)options.GraphOptimization, options.OnnxRuntimeLibrary,
        options.ConfigureSession, options.SharedThreads, options.AllowSpinning);

    /// <inheritdoc/>
    /// <exception cref="ModelLoadException">ONNX Runtime will not run the model.</exception>
    /// <exception cref="NativeLibraryException">ONNX Runtime's library is missing or unusable.</exception>
    public bool TryLoad(LoadRequest request, CancellationToken cancellationToken,
        [NotNullWhen(true)] out IBackendSession? session, [NotNullWhen(false)] out BackendRejection? rejection)
    {
        var source = request.Source;
        try
        {
            session = OrtBackendSession.Load(source.Path, source.Bytes, SettingsOf(request.Options));
        }
        catch (OnnxRuntimeException e)
        {
            var reason = e.RuntimeMessage + AdviceFor(source, e.RuntimeMessage);
            throw new ModelLoadException(source.Name, BackendNames.Of(Kind), reason, e);
        }

        rejection = null;
        return true;
    }

    /// <summary>ONNX Runtime says which operator it lacks, but not that the type of the values is the reason.</summary>
    private static string AdviceFor(ModelSource source, string message)
    {
        if (!message.StartsWith("Could not find an implementation", StringComparison.Ordinal)) return "";
        var model = source.Describe();
        return model.InitializerTypes.Any(one => one.ElementType == ElementType.BFloat16)
            ? ". The model holds bfloat16 values, which few operators take on the CPU: export it in float32 or float16"
            : "";
    }
}
