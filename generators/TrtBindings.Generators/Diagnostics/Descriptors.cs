namespace TrtBindings.Generators.Diagnostics;

/// <summary>Every diagnostic of the generator. Each has a page in docs/diagnostics.</summary>
internal static partial class Descriptors
{
    private const string File = "TrtBindings.ModelFile";
    private const string Signature = "TrtBindings.Signature";
    private const string Project = "TrtBindings.Project";

    public static readonly DiagnosticRule FileUnreadable = Error(
        "TRTB0001", File, "The model file cannot be read",
        "The model file cannot be read: {0} Check the path in AdditionalFiles and the file's permissions.");

    public static readonly DiagnosticRule NotAModel = Error(
        "TRTB0002", File, "The file is not an ONNX model",
        "This is not an ONNX model: {0}");

    public static readonly DiagnosticRule Damaged = Error(
        "TRTB0003", File, "The model file is damaged",
        "The model file is damaged: {0} at byte {1}; download, copy or export the model again");

    public static readonly DiagnosticRule ExternalDataMissing = Warning(
        "TRTB0004", File, "A file with the model's weights is missing",
        "The model keeps weights in '{0}', and there is no such file beside it. Loading will fail until it is there; "
        + "copy it into the model's folder, or save the model as one file.");

    public static readonly DiagnosticRule ExternalDataTooShort = Warning(
        "TRTB0005", File, "A file with the model's weights is too short",
        "'{0}', which holds weights of the model, has {1} bytes, and the model needs {2}. The copy is incomplete or of "
        + "another model; copy it again together with the .onnx.");

    public static readonly DiagnosticRule ExternalDataOutside = Error(
        "TRTB0006", File, "The model points at weights outside its own folder",
        "The model points at weights outside its own folder, '{0}', and will not be loaded. Save it again with external "
        + "data beside the .onnx.");

    public static readonly DiagnosticRule Incomplete = Error(
        "TRTB0007", File, "The model file is incomplete",
        "The model file has no {0}, and no runtime loads it. Export the model again.");

    public static readonly DiagnosticRule NoOutputs = Error(
        "TRTB0010", Signature, "The model has no outputs",
        "The model has no outputs, so there is nothing to run it for. Export it again with its outputs marked.");

    public static readonly DiagnosticRule InputNotSupported = Error(
        "TRTB0011", Signature, "A required input has a type without a C# form",
        "Input '{0}' is {1}, which has no C# form, and the model cannot run without it. Export the model with a dense "
        + "tensor of a type that C# has, for example by adding a Cast.");

    public static readonly DiagnosticRule OutputNotSupported = Warning(
        "TRTB0012", Signature, "An output has a type without a C# form",
        "Output '{0}' is {1}, which has no C# form; the generated class leaves it out. Export the model without it or "
        + "with a dense tensor of a type that C# has.");

    public static readonly DiagnosticRule NoUsableOutput = Error(
        "TRTB0013", Signature, "None of the model's outputs has a C# form",
        "None of the model's outputs has a C# form: {0}. Export the model with at least one dense tensor of a type that "
        + "C# has.");

    public static readonly DiagnosticRule DuplicateInput = Error(
        "TRTB0014", Signature, "Two inputs have one name",
        "Two inputs are called '{0}', which ONNX forbids and no runtime loads. Export the model again with distinct names.");

    public static readonly DiagnosticRule DuplicateOutput = Warning(
        "TRTB0015", Signature, "Two outputs have one name",
        "Two outputs are called '{0}'. Runtimes give the same values for both; the generated class keeps the first.");

    public static readonly DiagnosticRule ClassNameClash = Error(
        "TRTB0020", Project, "Two models give one class name",
        "The class '{0}' is already generated for '{1}'. Give one of the two items TrtName=\"AnotherName\", or a TrtNamespace of "
        + "its own.");

    public static readonly DiagnosticRule TargetPathClash = Error(
        "TRTB0021", Project, "Two models are copied to one path",
        "'{0}' in the output folder already belongs to the model '{1}'. Give one of the two items a Link with another path.");

    public static readonly DiagnosticRule RootNamespaceInvalid = Warning(
        "TRTB0022", Project, "The root namespace is not a C# namespace",
        "RootNamespace '{0}' is not a C# namespace, so the generated classes are in '{1}'. Set <RootNamespace> in the "
        + "project file to a valid name.");

    public static readonly DiagnosticRule WeightsPathClash = Error(
        "TRTB0023", Project, "The weights of two models are copied to one path",
        "The weights of this model would be copied to '{0}' in the output folder, which already belongs to '{1}'. Give the "
        + "item a Link into a folder of its own.");

    public static readonly DiagnosticRule LanguageTooOld = Error(
        "TRTB0025", Project, "The project's C# is too old",
        "The generated classes need C# 12 or later, and this project asks for an older version. Set <LangVersion> to 12 or "
        + "later, or remove it: the default of net10.0 is C# 14.");

    public static readonly DiagnosticRule GeneratorDefect = Error(
        "TRTB0099", Project, "The generator failed on this model",
        "The generator failed on this model, which is a defect in TrtBindings and not in the file: {0}. Please report "
        + "it with the model's inputs and outputs.");

    /// <summary>All of them, by id. Diagnostics travel through the pipeline as ids.</summary>
    public static IReadOnlyDictionary<string, DiagnosticRule> ById { get; }

    // In a constructor, because that runs after the fields of every part of this class.
    static Descriptors() => ById = new[]
    {
        FileUnreadable, NotAModel, Damaged, ExternalDataMissing, ExternalDataTooShort, ExternalDataOutside, Incomplete, TooLarge,
        NoOutputs, InputNotSupported, OutputNotSupported, NoUsableOutput, DuplicateInput, DuplicateOutput,
        ClassNameClash, TargetPathClash, RootNamespaceInvalid, WeightsPathClash,
        LanguageTooOld, GeneratorDefect,
        ItemTextMalformed, ProfileRangeInvalid, ProfileDimensionUnknown, ProfileDimensionFixed, ProfileDimensionTwice,
        ItemWordUnknown, ItemNameInvalid, RenameUnknown, RenameInvalid, RenameClash, TaskContradicted,
        ItemTextCut, ItemNameUnknown, SignatureMoved,
        RangeMissing, OperatorNotTaken, TypeNotTaken, OpsetNotTaken, UnsignedQuantization, EqualDimensionNames,
        InterleavedBatch, LabelCountDisagrees, HeadUnclear, LabelsUnreadable,
        PresetContradicted, WrongEngine,
        IndexOutside, SliceOutside, SizeRefused, SizeOutsideProfiles,
    }.ToDictionary(d => d.Id, StringComparer.Ordinal);

    private static DiagnosticRule Error(string id, string category, string title, string message) =>
        new(id, title, message, category, RuleSeverity.Error);

    private static DiagnosticRule Warning(string id, string category, string title, string message) =>
        new(id, title, message, category, RuleSeverity.Warning);

    private static DiagnosticRule Info(string id, string category, string title, string message) =>
        new(id, title, message, category, RuleSeverity.Info);
}
