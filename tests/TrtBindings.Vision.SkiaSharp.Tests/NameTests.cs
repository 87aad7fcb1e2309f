using System.Reflection;

namespace TrtBindings.Vision.Tests;

/// <summary>A file may have the namespaces of an imaging library and of this one at its head.</summary>
public sealed class NameTests
{
    /// <summary>Namespaces that the pages of these libraries put at the head of a file.</summary>
    private static readonly string[] Namespaces =
    [
        "SixLabors.ImageSharp", "SixLabors.ImageSharp.PixelFormats", "SixLabors.ImageSharp.Processing",
        "SixLabors.ImageSharp.Advanced", "SkiaSharp", "OpenCvSharp",
    ];

    [Fact]
    public void No_public_type_has_the_name_of_a_type_of_an_imaging_library()
    {
        Assembly[] others =
        [
            typeof(SixLabors.ImageSharp.Image).Assembly, typeof(SkiaSharp.SKBitmap).Assembly, typeof(OpenCvSharp.Mat).Assembly,
        ];
        var taken = others.SelectMany(one => one.GetExportedTypes())
            .Where(type => Namespaces.Contains(type.Namespace) && !type.IsNested)
            .Select(type => type.Name).ToHashSet();
        taken.ShouldContain("Image");
        Assembly[] own = [typeof(TensorSet).Assembly, typeof(ImageMemory).Assembly, typeof(ImageFile).Assembly];

        own.SelectMany(one => one.GetExportedTypes())
            .Where(type => type.Namespace is "TrtBindings" or "TrtBindings.Vision" && !type.IsNested && taken.Contains(type.Name))
            .Select(type => type.FullName).ShouldBeEmpty();
    }
}
