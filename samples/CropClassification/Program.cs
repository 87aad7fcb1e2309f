using CropClassification;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/CropClassification -- photo.jpg
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
using var photo = ImageFile.Read(path);

// One model finds the objects, the other looks at each of them again. DeskClassify is exported like YOLO's classifiers.
using var detector = DeskDetect.Load();
using var classifier = DeskClassify.Load();
using var detection = YoloDetectEngine.Create(detector, new() { Confidence = 0.4f });
using var classification = ClassificationEngine.Create(
    classifier, ClassificationPreprocessing.Ultralytics, new() { Top = 2, MaxBatch = 16 });

// A square around a box, cut out of the photo without a copy.
ImageMemory Around(Box box)
{
    // At least one pixel: a box at the border can be thinner.
    var half = Math.Max(1, Math.Max(box.Width, box.Height) * 0.625f);
    var (x, y) = ((box.X1 + box.X2) / 2, (box.Y1 + box.Y2) / 2);
    var (left, top) = (Math.Max(0, (int)(x - half)), Math.Max(0, (int)(y - half)));
    var (right, bottom) = (Math.Min(photo.Width, (int)(x + half)), Math.Min(photo.Height, (int)(y + half)));
    return photo.AsImage().Crop(left, top, right - left, bottom - top);
}

var found = detection.Detect(photo.AsView());
var seen = new List<Detection<DeskClassify.Label>>();
var agree = 0;
foreach (var objects in found.Chunk(classification.MaxBatch))
{
    var classes = classification.Classify([.. objects.Select(one => Around(one.Box))]);
    foreach (var (one, best) in objects.Zip(classes))
    {
        Console.WriteLine($"  found as {one}, looks like {best[0]}, then {best[1]}");
        if (one.ClassIndex == best[0].ClassIndex) agree++;
        seen.Add(new(best[0].Label, best[0].ClassIndex, best[0].Score, one.Box));
    }
}

Console.WriteLine($"{agree} of {found.Count} objects are what the detector took them for");
using var drawing = Overlay.Draw(photo, seen);
ImageFile.Write("crop-classification.png", drawing);
Console.WriteLine($"Wrote {Path.GetFullPath("crop-classification.png")}");
