using TrtBindings.Generators.Diagnostics;

namespace TrtBindings.Generators.Input;

/// <summary>The metadata of a model's item, as text; empty where it is not set.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="Namespace">Namespace of the class.</param>
/// <param name="Visibility">Accessibility of the class.</param>
/// <param name="Profile">Ranges of the dynamic dimensions.</param>
/// <param name="Precision">Precision that TensorRT may compute in.</param>
/// <param name="Task">Family that the model must be of.</param>
/// <param name="Backend">Backend that the model is meant for.</param>
/// <param name="Rename">Names of members for tensors.</param>
/// <param name="Convert">Precision that the build converts the model to.</param>
/// <param name="CalibrationMethod">How ranges are chosen for it.</param>
/// <param name="SourceHash">SHA-256 of what the build converted; empty where it converts nothing.</param>
/// <param name="Cut">Names of values with a character at which MSBuild cuts them.</param>
/// <param name="Unknown">Unknown names that begin with Trt.</param>
internal sealed partial record ItemMetadata(
    string Name, string Namespace, string Visibility, string Profile, string Precision, string Task, string Backend,
    string Rename, string Convert, string CalibrationMethod, string SourceHash, string Cut, string Unknown)
{
    public static ItemMetadata Empty { get; } = new("", "", "", "", "", "", "", "", "", "", "", "", "");

    /// <summary>True if the item asks for TensorRT. Findings about TensorRT are warnings then.</summary>
    public bool AsksForTensorRt => Profile.Length > 0 || Precision.Length > 0 || ItemWords.IsTensorRt(Backend);

    /// <summary>Makes a finding about TensorRT a warning if the item asks for TensorRT.</summary>
    public DiagnosticInfo Weigh(DiagnosticInfo finding) => finding with { IsRaised = AsksForTensorRt };

    /// <param name="valueOf">The value of a name; nothing where the item has none.</param>
    public static ItemMetadata Of(Func<string, string?> valueOf)
    {
        return new(
            Get("TrtName"), Get("TrtNamespace"), Get("TrtVisibility"), Get("TrtProfile"), Get("TrtPrecision"),
            Get("TrtTask"), Get("TrtBackend"), Get("TrtRename"), Get("TrtConvert"), Get("TrtCalibrationMethod"),
            Get("TrtSourceHash"), Get("TrtCutMetadata"), Get("TrtUnknownMetadata"));

        string Get(string name) => valueOf(name)?.Trim() ?? "";
    }
}
