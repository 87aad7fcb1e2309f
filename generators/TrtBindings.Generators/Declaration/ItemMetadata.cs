using Microsoft.CodeAnalysis.Diagnostics;

namespace TrtBindings.Generators;

/// <summary>What the project says of a model on its item, as text. Empty where it says nothing.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Namespace">Namespace of the class.</param>
/// <param name="Visibility">Who sees the class.</param>
/// <param name="Profile">Ranges of the dynamic dimensions.</param>
/// <param name="Precision">Precision that TensorRT may compute in.</param>
/// <param name="Task">Family that the model must be of.</param>
/// <param name="Backend">Backend that the model is meant for.</param>
/// <param name="Rename">Names of members for tensors.</param>
/// <param name="Cut">Names of values that held what would be cut on the way to the compiler.</param>
/// <param name="Unknown">Names that begin with Trt and mean nothing.</param>
internal sealed record ItemMetadata(
    string Name, string Namespace, string Visibility, string Profile, string Precision, string Task, string Backend,
    string Rename, string Cut, string Unknown)
{
    private const string Prefix = "build_metadata.AdditionalFiles.";

    public static ItemMetadata Empty { get; } = new("", "", "", "", "", "", "", "", "", "");

    /// <summary>Whether the item asks for TensorRT, so that what only TensorRT minds is worth a warning.</summary>
    public bool AsksForTensorRt => Profile.Length > 0 || Precision.Length > 0 || ItemWords.IsTensorRt(Backend);

    /// <summary>Raises what only TensorRT minds where the item asks for it.</summary>
    public DiagnosticInfo Weigh(DiagnosticInfo finding) => finding with { IsRaised = AsksForTensorRt };

    public static ItemMetadata Of(AnalyzerConfigOptions options)
    {
        return new(
            Get("TrtName"), Get("TrtNamespace"), Get("TrtVisibility"), Get("TrtProfile"), Get("TrtPrecision"),
            Get("TrtTask"), Get("TrtBackend"), Get("TrtRename"), Get("TrtCutMetadata"), Get("TrtUnknownMetadata"));

        string Get(string name) => options.TryGetValue(Prefix + name, out var value) ? value.Trim() : "";
    }
}
