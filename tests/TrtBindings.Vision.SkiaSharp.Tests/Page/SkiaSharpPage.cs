using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Page;

/// <summary>The code of docs/imaging.md about SkiaSharp.</summary>
internal static class SkiaSharpPage
{
    public static IReadOnlyList<Detection<DeskLabel>> One(
        string path, YoloDetectEngine<DeskLabel> engine, string folder)
    {
        // <page>
        using var photo = ImageFile.Read(path);                       // upright, 4 bytes a pixel
        var found = engine.Detect(photo.AsView());                    // the bitmap's own memory
        using var drawing = Overlay.Draw(photo, found);
        ImageFile.Write(Path.Combine(folder, "found.png"), drawing);
        File.WriteAllText(Path.Combine(folder, "found.json"), found.ToJson());
        // </page>
        return found;
    }

    public static IReadOnlyList<IReadOnlyList<Detection<DeskLabel>>> Batch(
        string path, YoloDetectEngine<DeskLabel> engine)
    {
        // <page>
        using var first = ImageFile.Read(path);
        using var second = ImageFile.Read(path);
        var found = engine.Detect([first.AsImage(), second.AsImage().Crop(0, 0, 640, 480)]);
        // </page>
        return found;
    }
}
