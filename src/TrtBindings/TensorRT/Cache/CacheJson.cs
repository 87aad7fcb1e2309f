using System.Text.Json.Serialization;

namespace TrtBindings.TensorRT.Cache;

/// <summary>JSON of the cache's files, without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EngineSidecar))]
[JsonSerializable(typeof(ContentIndex))]
internal sealed partial class CacheJson : JsonSerializerContext;
