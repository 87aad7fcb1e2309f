namespace TrtBindings.Generators;

/// <summary>What writing a model's file gave: the file, or the defect that kept it from being written.</summary>
internal sealed record Emission(GeneratedSource? Source, DiagnosticInfo? Defect)
{
    /// <param name="model">What to write.</param>
    /// <param name="path">The model file, for the diagnostic.</param>
    public static Emission Of(ModelSpec model, string path)
    {
        try
        {
            return new(ModelEmitter.Emit(model), null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(null, DiagnosticInfo.Of(Descriptors.GeneratorDefect, path, e.GetType().Name + ", " + e.Message));
        }
    }
}
