using System.Text.Json.Serialization;

namespace TrtBindings.Cli.Inspect;

/// <summary>What <c>trtb inspect</c> says about an .onnx model.</summary>
internal sealed record ModelReport
{
    public string Kind { get; init; } = "onnx";
    public required string File { get; init; }
    public required long Bytes { get; init; }
    public required long IrVersion { get; init; }
    public required string Producer { get; init; }
    public required IReadOnlyList<OpsetReport> Opsets { get; init; }
    public required IReadOnlyList<TensorReport> Inputs { get; init; }
    public required IReadOnlyList<TensorReport> OptionalInputs { get; init; }
    public required IReadOnlyList<TensorReport> Outputs { get; init; }
    public required int Nodes { get; init; }
    public required IReadOnlyList<OperatorReport> Operators { get; init; }
    public required IReadOnlyList<string> Functions { get; init; }
    public required WeightsReport Weights { get; init; }
    public required IReadOnlyList<EntryReport> Metadata { get; init; }
    public required IReadOnlyList<string> Labels { get; init; }
    public required FamilyReport Family { get; init; }
    public required IReadOnlyList<TensorRtReport> TensorRt { get; init; }
    public required IReadOnlyList<DiagnosticReport> Diagnostics { get; init; }

    /// <summary>Name of the class that the model gets; nothing if a fault prevents it.</summary>
    public string? ClassName { get; init; }

    /// <summary>The class, where <c>--code</c> asks for it.</summary>
    public string? Code { get; set; }
}

/// <param name="Domain">The domain; <c>ai.onnx</c> for the standard operators.</param>
/// <param name="Version">The version of the operator set.</param>
internal sealed record OpsetReport(string Domain, long Version);

/// <param name="Name">The tensor's name.</param>
/// <param name="Type">Its type in ONNX notation.</param>
/// <param name="Shape">Its dimensions as they are declared: numbers, names, <c>?</c>.</param>
internal sealed record TensorReport(string Name, string Type, string Shape);

/// <param name="Name">The operator, with its domain if that is not the standard one.</param>
/// <param name="Count">The number of nodes.</param>
internal sealed record OperatorReport(string Name, int Count);

/// <param name="Bytes">Bytes of all constant tensors.</param>
/// <param name="Tensors">Number of initializers.</param>
/// <param name="Types">Initializers by element type.</param>
/// <param name="Files">Files beside the model that hold weights.</param>
internal sealed record WeightsReport(
    long Bytes, int Tensors, IReadOnlyList<OperatorReport> Types, IReadOnlyList<ExternalFileReport> Files);

/// <param name="Location">Path relative to the model's folder.</param>
/// <param name="RequiredBytes">What the model needs of it.</param>
/// <param name="FoundBytes">Its size; nothing if it is missing.</param>
internal sealed record ExternalFileReport(string Location, long RequiredBytes, long? FoundBytes);

/// <param name="Key">The key.</param>
/// <param name="Value">The value as it is written.</param>
internal sealed record EntryReport(string Key, string Value);

/// <param name="Name">The family; nothing if no family fits.</param>
/// <param name="Form">Its form, such as how the boxes are laid out.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Why">What made the decision.</param>
/// <param name="Others">The other families, and what the model lacks for each.</param>
internal sealed record FamilyReport(
    string? Name, string? Form, int? Classes, string Why, IReadOnlyList<OtherFamilyReport> Others);

/// <param name="Name">The family.</param>
/// <param name="WhyNot">Why it was not chosen.</param>
internal sealed record OtherFamilyReport(string Name, string WhyNot);

/// <param name="Major">TensorRT's major version.</param>
/// <param name="Takes">Whether nothing is known that it refuses.</param>
/// <param name="Refuses">What it refuses, and why.</param>
/// <param name="Notes">What it takes under a condition.</param>
internal sealed record TensorRtReport(string Major, bool Takes, IReadOnlyList<string> Refuses, IReadOnlyList<string> Notes);

/// <param name="Id">The diagnostic's id, <c>TRTBnnnn</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What it says.</param>
internal sealed record DiagnosticReport(string Id, string Severity, string Message);

/// <summary>What <c>trtb inspect</c> says about an engine.</summary>
internal sealed record EngineReport
{
    public string Kind { get; init; } = "engine";
    public required string File { get; init; }
    public required long Bytes { get; init; }
    public required long PlanOffset { get; init; }
    public required long PlanBytes { get; init; }

    /// <summary>The TensorRT that built it; nothing if the plan does not say it.</summary>
    public string? BuiltWith { get; init; }

    /// <summary>Bytes of the JSON in Ultralytics' header; nothing without one.</summary>
    public long? HeaderBytes { get; init; }

    public required IReadOnlyList<EntryReport> Metadata { get; init; }

    /// <summary>What a TensorRT of this machine says, where <c>--open</c> asks for it.</summary>
    public OpenedReport? Opened { get; init; }
}

/// <param name="TensorRt">The version that opened it.</param>
/// <param name="Gpu">The GPU.</param>
/// <param name="Tensors">Inputs and outputs.</param>
internal sealed record OpenedReport(string TensorRt, string Gpu, IReadOnlyList<string> Tensors);

/// <summary>How the reports are written as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(EngineReport))]
internal sealed partial class InspectJson : JsonSerializerContext;
