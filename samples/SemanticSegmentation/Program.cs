using System.Globalization;
using SemanticSegmentation;
using TrtBindings.Samples;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/SemanticSegmentation -- photo.png
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
var picture = PictureFile.Read(path);
var photo = new ImageView(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);

// DeskSemantic is made by the build from samples/models/desk-semantic/desk-semantic.onnx.
using var model = DeskSemantic.Load();

// The model takes any size; it was trained on pictures whose shorter side has 240 to 416 pixels, of values in 0 to 1.
using var engine = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.UnitRange with { ShortSide = 384 });
var map = engine.Segment(photo);

DeskSemantic.Label[] seen = [.. Enum.GetValues<DeskSemantic.Label>().Where(label => map.AreaOf(label) > 0)];
Console.WriteLine($"{seen.Length} classes in {picture.Width} x {picture.Height} pixels:");
foreach (var label in seen)
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {label,-12}{map.AreaOf(label),8} pixels {100.0 * map.AreaOf(label) / map.Values.Length,6:0.0} %"));
}

// One colour for each class, black for what is none; Palette.Voc and Palette.Cityscapes are there as well.
var colors = Enumerable.Range(0, 6).Select(Color.Of);
var palette = new Palette([default, .. colors.Select(color => new Rgb(color.R, color.G, color.B))]);
var painted = new Picture(map.Width, map.Height, map.Paint(palette).Pixels.ToArray());
var legend = seen.Where(label => label != DeskSemantic.Label.Background).Select(label => ($"{label}", Color.Of((int)label - 1)));
PictureFile.WritePng("semantic-segmentation.png", ClassOverlay.Draw(picture, painted, [.. legend]));
Console.WriteLine($"Wrote {Path.GetFullPath("semantic-segmentation.png")}");
