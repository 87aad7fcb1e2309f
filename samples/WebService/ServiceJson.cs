using System.Text.Json.Serialization;
using TrtBindings.Vision;

namespace WebService;

/// <summary>What the service says of its model.</summary>
/// <param name="Backend">Where the model runs.</param>
/// <param name="Labels">The classes that it knows: the enum that the build made of the model's labels.</param>
internal sealed record ModelInfo(string Backend, IReadOnlyList<DeskDetect.Label> Labels);

/// <summary>What the service found in a picture: typed results as they are, without types of its own for them.</summary>
/// <param name="Found">The objects.</param>
internal sealed record Answer(IReadOnlyList<Detection<DeskDetect.Label>> Found);

/// <summary>JSON without reflection. System.Text.Json's generator reads the generated class here.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelInfo))]
[JsonSerializable(typeof(Answer))]
[JsonSerializable(typeof(string))]
internal sealed partial class ServiceJson : JsonSerializerContext;
