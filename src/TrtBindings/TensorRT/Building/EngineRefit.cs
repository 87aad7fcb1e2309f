using TrtBindings.Interop.TensorRT;
using TrtBindings.TensorRT.Host;

namespace TrtBindings.TensorRT.Building;

/// <summary>Puts a model's weights into an engine that was built refittable, or without weights.</summary>
internal static class EngineRefit
{
    /// <summary>The same as something to do with an engine that turns out to be without weights.</summary>
    public static Action<TrtEngine> From(TensorRtHost host, Func<ModelContent> model) =>
        engine => Refit(host, engine, model());

    /// <summary>
    /// Takes every weight from the model. No run of the engine may be under way, and CUDA graphs that were captured before are
    /// not valid any more.
    /// </summary>
    /// <param name="host">Whose engine it is.</param>
    /// <param name="engine">A refittable engine.</param>
    /// <param name="model">The model that it was built from.</param>
    /// <exception cref="TensorRtException">The model does not have the engine's weights.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    /// <exception cref="ModelFileException">The model's file cannot be read.</exception>
    public static void Refit(TensorRtHost host, TrtEngine engine, ModelContent model)
    {
        using var scope = host.Context.Enter();
        using var refitter = engine.CreateRefitter();
        // It owns the weights until the engine has them.
        using var parser = NetworkReader.ParserOf(host).CreateParserRefitter(refitter);
        if (model is { Path: { } path, ExternalFiles.Count: > 0 }) parser.RefitFromFile(path);
        else parser.RefitFromBytes(model.ReadBytes().Span, model.Path);
        refitter.RefitCudaEngine();
    }
}
