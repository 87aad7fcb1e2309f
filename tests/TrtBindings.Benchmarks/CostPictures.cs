using TrtBindings.TestSupport;
using TrtBindings.Vision;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Benchmarks;

/// <summary>Test pictures of 640 x 480.</summary>
internal static class CostPictures
{
    /// <summary>Four validation scenes of 320 x 240 side by side, with 20 objects together.</summary>
    public static ImageMemory Desk()
    {
        var pixels = new byte[640 * 480 * 3];
        foreach (var (i, number) in new[] { "01", "07", "13", "19" }.Index())
        {
            var scene = SampleModels.Read($"scene-{number}.png");
            for (var y = 0; y < 240; y++)
            {
                scene.Pixels.Slice(y * scene.Stride, 320 * 3)
                    .CopyTo(pixels.AsSpan(((((i / 2 * 240) + y) * 640) + (i % 2 * 320)) * 3));
            }
        }

        return new(pixels, 640, 480, PixelFormat.Rgb);
    }

    /// <summary>Drawn faces.</summary>
    public static ImageMemory Faces() => PhotoFile.Read(Path.Combine(
        TestPaths.RepositoryRoot, "samples", "models", "faces", "validation", "faces-00.png"));
}
