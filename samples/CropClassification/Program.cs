using CropClassification;
using TrtBindings.Samples;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/CropClassification -- photo.png
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "still-life.png");
var picture = PictureFile.Read(path);
var photo = new Image(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);

// One model finds the objects, the other looks at each of them again: DeskClassify is exported as YOLO classifiers are.
using var detector = DeskDetect.Load();
using var classifier = DeskClassify.Load();
using var detection = YoloDetectEngine.Create(detector, new() { Confidence = 0.4f });
using var classification = ClassificationEngine.Create(
    classifier, ClassificationPreprocessing.Ultralytics, new() { Top = 2, MaxBatch = 16 });

// The part of the photo round a box, seen where it lies: only the offset and the stride say that it is a part.
Image Around(Box box)
{
    // At least a pixel: a box that the border cuts can be thinner.
    var half = Math.Max(1, Math.Max(box.Width, box.Height) * 0.625f);
    var (x, y) = ((box.X1 + box.X2) / 2, (box.Y1 + box.Y2) / 2);
    var (left, top) = (Math.Max(0, (int)(x - half)), Math.Max(0, (int)(y - half)));
    var (right, bottom) = (Math.Min(photo.Width, (int)(x + half)), Math.Min(photo.Height, (int)(y + half)));
    return new(photo.Pixels[((top * photo.Stride) + (left * 3))..], right - left, bottom - top, photo.Format, photo.Stride);
}

var found = detection.Detect(photo.View);
var items = new List<OverlayItem>();
var agree = 0;
foreach (var objects in found.Chunk(classification.MaxBatch))
{
    var classes = classification.Classify([.. objects.Select(one => Around(one.Box))]);
    foreach (var (one, best) in objects.Zip(classes))
    {
        Console.WriteLine($"  found as {one}, looks like {best[0]}, then {best[1]}");
        if (one.ClassIndex == best[0].ClassIndex) agree++;
        items.Add(OverlayItem.Of(best[0].Label, best[0].Score, one.Box));
    }
}

Console.WriteLine($"{agree} of {found.Count} objects are what the detector took them for");
PictureFile.WritePng("crop-classification.png", Overlay.Draw(picture, items));
Console.WriteLine($"Wrote {Path.GetFullPath("crop-classification.png")}");
