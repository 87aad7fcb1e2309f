using TrtBindings.Interop.TensorRT;

namespace TrtBindings.TensorRT.Running;

/// <summary>Puts a model's weights into an engine that was built refittable or without weights.</summary>
internal static class EngineRefit
{
    /// <summary>The call that writes the weights. If it fails, the engine's weights are undefined.</summary>
    public const string WritingCall = "IRefitter.refitCudaEngine";

    /// <summary>
    /// Takes every weight from the model. No run of the engine may be in flight. CUDA graphs captured before are invalid
    /// afterwards.
    /// </summary>
    /// <param name="host">The engine's TensorRT.</param>
    /// <param name="engine">A refittable engine.</param>
    /// <param name="source">A model with the same graph as the one that the engine was built from.</param>
    /// <param name="description">The model's description.</param>
    /// <exception cref="TensorRtException">The model does not have the engine's weights.</exception>
    /// <exception cref="NativeLibraryException">The parser's library is missing or unusable.</exception>
    /// <exception cref="ModelFileException">The model's file cannot be read.</exception>
    public static void Refit(TensorRtHost host, TrtEngine engine, ModelSource source, ModelDescription description)
    {
        using var scope = host.Context.Enter();
        using var refitter = engine.CreateRefitter();
        // The parser owns the weights until the engine has them.
        using var parser = host.LoadParser().CreateParserRefitter(refitter);
        if (description.ExternalData.Count > 0) parser.RefitFromFile(source.Path!);
        else parser.RefitFromBytes(source.ReadBytes().Span, source.Path);
        if (refitter.GetMissingWeights() is { Length: > 0 } missing)
        {
            throw new TensorRtException("IRefitter.getMissingWeights", host.Library.Version.ToString(), [],
                $"names weights that '{source.Name}' does not have: {string.Join(", ", missing.Take(4))}.");
        }

        refitter.RefitCudaEngine();
    }
}
