using System.Text.Json;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>What is in the validation pictures.</summary>
internal sealed record Annotations(string[] Classes, AnnotatedImage[] Images)
{
    public static Annotations Read(string folder)
    {
        using var stream = File.OpenRead(Path.Combine(folder, "annotations.json"));
        return JsonSerializer.Deserialize<Annotations>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <summary>One picture.</summary>
internal sealed record AnnotatedImage(string File, int Width, int Height, AnnotatedObject[] Objects);

/// <summary>One object: its box by its edges, its pixels as run lengths.</summary>
internal sealed record AnnotatedObject(int Class, float[] Box, int[] Rle);
