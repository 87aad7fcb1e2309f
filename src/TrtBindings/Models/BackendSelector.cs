using TrtBindings.Backends;
using TrtBindings.Backends.OnnxRuntime;

namespace TrtBindings;

/// <summary>Chooses the backend for a model and says why.</summary>
internal static class BackendSelector
{
    public static (IBackendEngine Engine, BackendInfo Info) Load(ModelSource source, ModelOptions options)
    {
        string[] rejected = ["TensorRT: this version of TrtBindings has no TensorRT backend yet."];
        IBackendEngine engine;
        try
        {
            engine = OrtEngine.Load(source.Path, source.Bytes, SettingsOf(options));
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelLoadException(source.Name, "ONNX Runtime (CPU)", e.RuntimeMessage, e);
        }

        return (engine, new(BackendKind.OnnxRuntimeCpu, engine.Version, engine.LibraryPath, rejected));
    }

    private static OrtSettings SettingsOf(ModelOptions options) => new(
        options.IntraOpThreads, options.InterOpThreads, (int)options.GraphOptimization, options.OnnxRuntimeLibrary);
}
