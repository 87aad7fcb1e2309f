using ObjectDetection;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/ObjectDetection -- photo.jpg
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
using var photo = ImageFile.Read(path);

// The build makes DeskDetect from samples/models/desk-detect/desk-detect.onnx, which is exported like YOLO's detectors.
using var model = DeskDetect.Load();
using var engine = YoloDetectEngine.Create(model, new() { Confidence = 0.4f });

// A list that is reused for every call: once warm, a call allocates nothing.
var found = new List<Detection<DeskDetect.Label>>();
engine.Detect(photo.AsView(), found);

Console.WriteLine($"{found.Count} objects: class, score, box [x1 y1 x2 y2]");
foreach (var one in found) Console.WriteLine($"  {one}");
foreach (var group in found.CountBy(one => one.Label).OrderBy(group => group.Key))
    Console.WriteLine($"{group.Key}: {group.Value}");

using var drawing = Overlay.Draw(photo, found);
ImageFile.Write("detection.png", drawing);
Console.WriteLine($"Wrote {Path.GetFullPath("detection.png")}");
