using PoseEstimation;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/PoseEstimation -- photo.jpg
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
using var photo = ImageFile.Read(path);

// The build makes DeskPose from samples/models/desk-pose/desk-pose.onnx, which is exported like YOLO's pose models.
using var model = DeskPose.Load();
using var engine = YoloPoseEngine.Create(model, new() { Confidence = 0.4f });
var found = engine.Detect(photo.AsView());

// Every model has key points of its own. desk-pose has three for each class, named in its metadata.
static string[] Names(DeskPose.Label label) => label switch
{
    DeskPose.Label.Mug => ["rim", "handle", "base"],
    _ => ["mouth", "shoulder", "base"],
};

Console.WriteLine($"{found.Count} poses; of each point: x, y, how sure it is that the point is seen");
foreach (var one in found)
{
    Console.WriteLine($"  {one}");
    foreach (var (name, point) in Names(one.Label).Zip(one.KeyPoints.ToArray())) Console.WriteLine($"    {name,-8} {point}");
}

// Points below 0.25 are probably hidden; like Ultralytics, the drawing leaves them out.
using var drawing = Overlay.Draw(photo, found, new() { KeyPointConfidence = 0.25f });
ImageFile.Write("poses.png", drawing);
Console.WriteLine($"Wrote {Path.GetFullPath("poses.png")}");
