namespace TrtBindings.Generators.Diagnostics;

/// <summary>Engines in the user's code that do not fit the model.</summary>
internal static partial class Descriptors
{
    private const string Engines = "TrtBindings.Engines";

    public static readonly DiagnosticRule WrongEngine = Error(
        "TRTB0311", Engines, "The model is not of the engine's family", "'{0}' is not a model for {1}: {2}");

    public static readonly DiagnosticRule PresetContradicted = Warning(
        "TRTB0310", Engines, "The preprocessing is not that of the model",
        "The metadata of '{0}' says that pictures are prepared as by {1}, and {2} gives other "
        + "classes without any error. Use that preset, or leave the preprocessing out: Create(model) takes it from the "
        + "metadata.");
}
