using PoseEstimation;
using TrtBindings.Samples;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/PoseEstimation -- photo.png
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
var picture = PictureFile.Read(path);
var photo = new ImageView(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);

// DeskPose is made by the build from samples/models/desk-pose/desk-pose.onnx, which is exported as YOLO pose models are.
using var model = DeskPose.Load();
using var engine = YoloPoseEngine.Create(model, new() { Confidence = 0.4f });
var found = engine.Detect(photo);

// What a model's points mean is its own matter: desk-pose has three a class, named in its metadata.
string[] Names(DeskPose.Label label) => label switch
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

// Of a point below 0.25 the model does not say that it is seen; like Ultralytics, the drawing leaves it out.
var items = found.Select(one => OverlayItem.Of(one.Label, one.Score, one.Box) with
{
    Points = [.. one.KeyPoints.ToArray().Where(point => point.Confidence >= 0.25f).Select(point => (point.X, point.Y))],
});
PictureFile.WritePng("poses.png", Overlay.Draw(picture, [.. items]));
Console.WriteLine($"Wrote {Path.GetFullPath("poses.png")}");
