using System.Text.Json;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The annotations of the validation pictures.</summary>
internal sealed record Annotations(string[] Classes, AnnotatedImage[] Images)
{
    public static Annotations Read(string folder)
    {
        using var stream = File.OpenRead(Path.Combine(folder, "annotations.json"));
        return JsonSerializer.Deserialize<Annotations>(stream, JsonSerializerOptions.Web)!;
    }
}
