using TrtBindings.Generators.Diagnostics;
using TrtBindings.Generators.Spec;

namespace TrtBindings.Generators.Emit;

/// <summary>The generated file of a model, or the defect that prevented it.</summary>
internal sealed record Emission(GeneratedSource? Source, DiagnosticInfo? Defect)
{
    /// <summary>Writes the file. An exception becomes a diagnostic.</summary>
    /// <param name="model">The contents.</param>
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

/// <summary>One generated file.</summary>
/// <param name="HintName">Its name for the compiler.</param>
/// <param name="Text">Its text.</param>
internal sealed record GeneratedSource(string HintName, string Text);
