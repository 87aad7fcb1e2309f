using System.Runtime.InteropServices;
using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.SemanticSegmentation;

/// <summary>PyTorch's results for a validation picture at a quarter of its size, written by train_semantic.py.</summary>
/// <param name="Picture">The picture's file.</param>
/// <param name="Logits">The file of the logits, float, row-major.</param>
/// <param name="Shape">Their shape, [1, classes, height, width].</param>
/// <param name="Classes">A picture of the classes: logits resized to the picture, then the best.</param>
/// <param name="Height">Height of picture and classes.</param>
/// <param name="Width">Their width.</param>
internal sealed record TorchReference(string Picture, string Logits, long[] Shape, string Classes, int Height, int Width)
{
    private static readonly string Folder =
        Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-semantic", "reference");

    public static TorchReference[] ReadAll()
    {
        using var stream = File.OpenRead(Path.Combine(Folder, "reference.json"));
        return JsonSerializer.Deserialize<TorchReference[]>(stream, JsonSerializerOptions.Web)!;
    }

    public float[] ReadLogits()
    {
        float[] values = [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(Folder, Logits)))];
        values.LongLength.ShouldBe(Shape[0] * Shape[1] * Shape[2] * Shape[3]);
        return values;
    }

    public byte[] ReadClasses()
    {
        var picture = PhotoFile.Read(Path.Combine(Folder, Classes));
        (picture.Width, picture.Height).ShouldBe((Width, Height));
        return [.. Enumerable.Range(0, Width * Height).Select(i => picture.Pixels[3 * i])];
    }
}
