using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SixLabors.ImageSharp.PixelFormats;
using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Page;

/// <summary>docs/imaging.md shows code that is compiled here and gives the same results with every library.</summary>
public sealed partial class ImagingPageTests : IDisposable
{
    private static readonly string Photo = Path.Combine(TestPaths.RepositoryRoot, "samples", "images", "still-life.png");

    private readonly UntypedYoloDetect<DeskLabel> _model = new(UntypedModel.Load(
        Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-detect", "desk-detect.onnx")));
    private readonly YoloDetectEngine<DeskLabel> _engine;

    public ImagingPageTests() => _engine = YoloDetectEngine.Create(_model, new() { MaxBatch = 2, Confidence = 0.4f });

    public void Dispose()
    {
        _engine.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void The_page_shows_the_code_that_is_compiled_here()
    {
        var page = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "docs", "imaging.md"));
        var shown = Block().Matches(page).Select(match => match.Groups["code"].Value);
        var compiled = new[] { "SkiaSharpPage.cs", "ImageSharpPage.cs", "OpenCvPage.cs" }
            .SelectMany(file => Snippet().Matches(File.ReadAllText(Path.Combine(Folder(), file))))
            .Select(match => match.Groups["code"].Value.Replace("\n        ", "\n")[8..]);
        shown.ShouldBe(compiled);
    }

    [Fact]
    public void SkiaSharp_finds_the_objects_alone_and_in_a_batch()
    {
        var folder = Directory.CreateTempSubdirectory("trtbindings-page-").FullName;
        try
        {
            var found = SkiaSharpPage.One(Photo, _engine, folder);
            found.Count.ShouldBeInRange(9, 11);
            using var drawing = ImageFile.Read(Path.Combine(folder, "found.png"));
            (drawing.Width, drawing.Height).ShouldBe((1024, 768));
            File.ReadAllText(Path.Combine(folder, "found.json")).ShouldStartWith("[{\"label\":\"");
            var batch = SkiaSharpPage.Batch(Photo, _engine);
            batch[0].ShouldBe(found);
            batch[1].Count.ShouldBePositive();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void ImageSharp_finds_the_same_objects()
    {
        using var bitmap = ImageFile.Read(Photo);
        var expected = _engine.Detect(bitmap.AsView());
        ImageSharpPage.One(Photo, _engine).ShouldBe(expected);
        using var photo = SixLabors.ImageSharp.Image.Load<Rgb24>(Photo);
        var pixels = new Rgb24[photo.Width * photo.Height];
        photo.CopyPixelDataTo(pixels);
        ImageSharpPage.Batch(photo, pixels, _engine)[0].ShouldBe(expected);
    }

    [SkippableFact]
    public void OpenCvSharp_finds_the_same_objects()
    {
        using var bitmap = ImageFile.Read(Photo);
        var expected = _engine.Detect(bitmap.AsView());
        try
        {
            OpenCvPage.One(Photo, _engine).ShouldBe(expected);
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException)
        {
            Skip.If(true, $"OpenCV's library does not load here (on Linux it wants libgtk-3-0): {e.Message}");
        }
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("        // <page>\n(?<code>.*?)        // </page>", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}
