using MaskRcnn;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/MaskRcnn -- photo.jpg
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
using var photo = ImageFile.Read(path);

// Two exports of one network: one in fixed slots, which TensorRT takes, and torchvision's own, which resizes inside the graph
// and whose outputs are as long as the list of what it finds.
using var slots = DeskMaskrcnn480x640.Load();
using var whole = DeskMaskrcnn.Load();

// The engine reads from the graph which exporter made the model, and prepares pictures and masks by that exporter's rules.
using var engine = MaskRcnnEngine.Create(slots);
var found = engine.Detect(photo.AsView());
Console.WriteLine($"{found.Count} instances, {engine.Form} of {engine.InputWidth} x {engine.InputHeight}: "
    + "class, score, box [x1 y1 x2 y2], mask area");
foreach (var instance in found) Console.WriteLine($"  {instance}");

using var other = MaskRcnnEngine.Create(whole);
var again = other.Detect(photo.AsView());
var shared = found.Count(one => again.Any(two =>
    two.ClassIndex == one.ClassIndex && two.Box.IntersectionOverUnion(one.Box) > 0.5f));
Console.WriteLine($"{again.Count} instances, {other.Form} at its own size; {shared} of those above are among them");

using var drawing = Overlay.Draw(photo, found);
ImageFile.Write("mask-rcnn.png", drawing);
Console.WriteLine($"Wrote {Path.GetFullPath("mask-rcnn.png")}");
