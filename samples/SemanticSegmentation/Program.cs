using System.Globalization;
using SemanticSegmentation;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/SemanticSegmentation -- photo.jpg
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
using var photo = ImageFile.Read(path);

// The build makes DeskSemantic from samples/models/desk-semantic/desk-semantic.onnx.
using var model = DeskSemantic.Load();

// The model takes any size. It was trained on pictures whose shorter side has 240 to 416 pixels, with values from 0 to 1.
using var engine = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.UnitRange with { ShortSide = 384 });
var map = engine.Segment(photo.AsView());

DeskSemantic.Label[] seen = [.. Enum.GetValues<DeskSemantic.Label>().Where(label => map.AreaOf(label) > 0)];
Console.WriteLine($"{seen.Length} classes in {photo.Width} x {photo.Height} pixels:");
foreach (var label in seen)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {label,-12}{map.AreaOf(label),8} pixels {100.0 * map.AreaOf(label) / map.Values.Length,6:0.0} %"));
}

using var drawing = Overlay.Draw(photo, map);
ImageFile.Write("semantic-segmentation.png", drawing);
Console.WriteLine($"Wrote {Path.GetFullPath("semantic-segmentation.png")}");
