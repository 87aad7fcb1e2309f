using System.Text.Json.Serialization;
using TrtBindings.Vision;

namespace TrtBindings.Cli.Running;

/// <summary>What <c>trtb run</c> found, for JSON.</summary>
internal sealed record RunReport
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>What ran it, with its version.</summary>
    public required string Backend { get; init; }

    /// <summary>How the engine answered beside ONNX Runtime; none on other backends.</summary>
    public string? Parity { get; init; }

    /// <summary>The model's family; none for raw tensors.</summary>
    public string? Family { get; init; }

    /// <summary>A result for each picture.</summary>
    public IReadOnlyList<PictureReport>? Pictures { get; init; }

    /// <summary>Pictures that could not be run; none if there are none.</summary>
    public int? Failed { get; init; }

    /// <summary>The outputs, for raw tensors.</summary>
    public IReadOnlyList<OutputReport>? Outputs { get; init; }
}

/// <summary>What was found in one picture, or why nothing could be.</summary>
internal sealed record PictureReport(string File)
{
    /// <summary>Why the picture could not be run; then there is nothing else.</summary>
    public string? Error { get; init; }

    /// <summary>Pixels of a row.</summary>
    public int? Width { get; init; }

    /// <summary>Rows.</summary>
    public int? Height { get; init; }

    /// <summary>Objects, with their masks as COCO run lengths.</summary>
    public IReadOnlyList<DetectionData>? Objects { get; init; }

    /// <summary>Classes of the picture.</summary>
    public IReadOnlyList<DetectionData>? Classes { get; init; }

    /// <summary>Areas of classes.</summary>
    public IReadOnlyList<AreaReport>? Areas { get; init; }

    /// <summary>Times of the call.</summary>
    public StageReport? Milliseconds { get; init; }

    /// <summary>The picture with what was found drawn on it, if it was asked for.</summary>
    public string? Overlay { get; init; }
}

/// <summary>Pixels of a class.</summary>
internal sealed record AreaReport(string Label, int ClassIndex, int Pixels, double Share);

/// <summary>Times of a call's parts.</summary>
internal sealed record StageReport(double Preprocess, double Inference, double Postprocess);

/// <summary>An output tensor.</summary>
internal sealed record OutputReport(string Name, string Type, long[] Shape)
{
    /// <summary>Least element that is a number.</summary>
    public double? Least { get; init; }

    /// <summary>Largest element that is a number.</summary>
    public double? Largest { get; init; }

    /// <summary>Mean of the elements that are numbers.</summary>
    public double? Mean { get; init; }

    /// <summary>Elements that are no number or infinite.</summary>
    public long NotFinite { get; init; }

    /// <summary>The first elements.</summary>
    public required IReadOnlyList<string> First { get; init; }

    /// <summary>The file that it was written to, if it was.</summary>
    public string? File { get; init; }
}

/// <summary>How a <see cref="RunReport"/> is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunReport))]
internal sealed partial class RunJson : JsonSerializerContext;
