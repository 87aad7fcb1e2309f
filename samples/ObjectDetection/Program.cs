using ObjectDetection;
using TrtBindings.Samples;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/ObjectDetection -- photo.png
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
var picture = PictureFile.Read(path);
var photo = new ImageView(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);

// DeskDetect is made by the build from samples/models/desk-detect/desk-detect.onnx, which is exported as YOLO detectors are.
using var model = DeskDetect.Load();
using var engine = YoloDetectEngine.Create(model, new() { Confidence = 0.4f });

// A list that is given again is filled again: once warm, a call allocates nothing.
var found = new List<Detection<DeskDetect.Label>>();
engine.Detect(photo, found);

Console.WriteLine($"{found.Count} objects: class, score, box [x1 y1 x2 y2]");
foreach (var one in found) Console.WriteLine($"  {one}");
foreach (var group in found.CountBy(one => one.Label).OrderBy(group => group.Key))
    Console.WriteLine($"{group.Key}: {group.Value}");

var items = found.Select(one => OverlayItem.Of(one.Label, one.Score, one.Box));
PictureFile.WritePng("detection.png", Overlay.Draw(picture, [.. items]));
Console.WriteLine($"Wrote {Path.GetFullPath("detection.png")}");
