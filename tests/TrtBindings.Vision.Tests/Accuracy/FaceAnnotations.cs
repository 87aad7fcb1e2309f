using System.Text.Json;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The annotations of the face detector's validation pictures.</summary>
/// <param name="Points">The name of each key point.</param>
/// <param name="Images">The pictures.</param>
internal sealed record FaceAnnotations(string[] Points, AnnotatedFaces[] Images)
{
    private static readonly string Folder =
        Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "faces", "validation");

    public static FaceAnnotations Read()
    {
        using var stream = File.OpenRead(Path.Combine(Folder, "annotations.json"));
        return JsonSerializer.Deserialize<FaceAnnotations>(stream, JsonSerializerOptions.Web)!;
    }

    /// <summary>The pixels of one of the pictures.</summary>
    public static ImageMemory Picture(AnnotatedFaces image) => PhotoFile.Read(Path.Combine(Folder, image.File));
}
