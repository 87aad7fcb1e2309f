using System.Text.Json.Serialization;

namespace TrtBindings.Vision;

/// <summary>
/// The serializer of <see cref="DetectionData"/>, made at compile time: it works with Native AOT and trimming. Property names
/// are in camel case.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DetectionData[]))]
[JsonSerializable(typeof(DetectionData[][]))]
public sealed partial class DetectionJsonContext : JsonSerializerContext;
