using Faces;
using SkiaSharp;
using TrtBindings.Samples;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/FaceDetection -- photo.jpg
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "faces-21.png");
using var photo = ImageFile.Read(path);

// The build makes FacesScrfd from samples/models/faces/faces-scrfd.onnx, which has the nine outputs of an SCRFD model.
using var model = FacesScrfd.Load();

// The model takes any multiples of 32; a picture is scaled to fit.
using var engine = ScrfdEngine.Create(model, new() { InputWidth = 640, InputHeight = 480 });
var faces = engine.Detect(photo.AsView());

Console.WriteLine($"{faces.Count} faces: score, box [x1 y1 x2 y2], eyes, nose, corners of the mouth");
foreach (var face in faces) Console.WriteLine($"  {face} {face.KeyPoints}");
using var drawing = Overlay.Draw(photo, faces, new() { Numbers = true });
ImageFile.Write("face-detection.png", drawing);
Console.WriteLine($"Wrote {Path.GetFullPath("face-detection.png")}");

// Each face turned upright and scaled to 112 x 112 pixels, as networks that compare faces take them.
var aligned = new List<(SKBitmap, SKRectI, string, SKColor)>();
foreach (var points in faces.Select(face => face.KeyPoints).OfType<FaceKeyPoints>())
{
    var rgb = new byte[FaceAlignment.ByteLength];
    photo.AsView().AlignTo(points, rgb);
    var tile = new ImageView(rgb, FaceAlignment.Side, FaceAlignment.Side, PixelFormat.Rgb).ToBitmap();
    aligned.Add((tile, tile.Info.Rect, $"{aligned.Count + 1}", SKColors.Black));
}

if (aligned.Count == 0) return;
using var sheet = TileSheet.Draw(aligned, columns: 8);
ImageFile.Write("aligned-faces.png", sheet);
Console.WriteLine($"Wrote {Path.GetFullPath("aligned-faces.png")}");
