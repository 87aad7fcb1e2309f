using System.Globalization;
using OrientedDetection;
using TrtBindings.Samples;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/OrientedDetection -- photo.png
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
var picture = PictureFile.Read(path);
var photo = new ImageView(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);

// DeskObb is made by the build from samples/models/desk-obb/desk-obb.onnx, which is exported as YOLO's oriented detectors are.
using var model = DeskObb.Load();
using var engine = YoloObbEngine.Create(model, new() { Confidence = 0.4f });
var found = engine.Detect(photo);

Console.WriteLine($"{found.Count} oriented boxes: class, score, centre, width x height, angle of the width, clockwise");
foreach (var one in found)
{
    // Canonical: the longer side is the width, the angle from -45 to 135 degrees.
    var degrees = one.Box.Canonical().Angle * 180 / MathF.PI;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {one} {degrees,4:0} degrees"));
}

var items = found.Select(one => OverlayItem.Of(one.Label, one.Score, one.Box));
PictureFile.WritePng("oriented-detection.png", Overlay.Draw(picture, [.. items]));
Console.WriteLine($"Wrote {Path.GetFullPath("oriented-detection.png")}");
