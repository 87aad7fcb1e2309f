using System.Globalization;
using OrientedDetection;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/OrientedDetection -- photo.jpg
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
using var photo = ImageFile.Read(path);

// The build makes DeskObb from samples/models/desk-obb/desk-obb.onnx, which is exported like YOLO's oriented detectors.
using var model = DeskObb.Load();
using var engine = YoloObbEngine.Create(model, new() { Confidence = 0.4f });
var found = engine.Detect(photo.AsView());

Console.WriteLine($"{found.Count} oriented boxes: class, score, centre, width x height, angle of the width, clockwise");
foreach (var one in found)
{
    // Canonical: the longer side is the width, the angle is from -45 to 135 degrees.
    var degrees = one.Box.Canonical().Angle * 180 / MathF.PI;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {one} {degrees,4:0} degrees"));
}

using var drawing = Overlay.Draw(photo, found);
ImageFile.Write("oriented-detection.png", drawing);
Console.WriteLine($"Wrote {Path.GetFullPath("oriented-detection.png")}");
