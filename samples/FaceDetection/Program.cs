using Faces;
using TrtBindings.Samples;
using TrtBindings.Vision;

// A picture of your own: dotnet run --project samples/FaceDetection -- photo.png
var path = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "images", "faces-21.png");
var picture = PictureFile.Read(path);
var photo = new ImageView(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);

// FacesScrfd is made by the build from samples/models/faces/faces-scrfd.onnx, which has the nine outputs of an SCRFD model.
using var model = FacesScrfd.Load();

// The model takes any multiples of 32; a picture is scaled to fit.
using var engine = ScrfdEngine.Create(model, new() { InputWidth = 640, InputHeight = 480 });
var faces = engine.Detect(photo);

Console.WriteLine($"{faces.Count} faces: score, box [x1 y1 x2 y2], eyes, nose, corners of the mouth");
foreach (var face in faces) Console.WriteLine($"  {face} {face.KeyPoints}");
PictureFile.WritePng("face-detection.png", FaceOverlay.Draw(picture, faces));
Console.WriteLine($"Wrote {Path.GetFullPath("face-detection.png")}");

// Each face turned upright, moved and scaled to 112 x 112 pixels, as networks that compare faces take them.
var aligned = new List<Picture>();
foreach (var points in faces.Select(face => face.KeyPoints).OfType<FaceKeyPoints>())
{
    var rgb = new byte[FaceAlignment.ByteLength];
    photo.AlignTo(points, rgb);
    aligned.Add(new(FaceAlignment.Side, FaceAlignment.Side, rgb));
}

if (aligned.Count == 0) return;
PictureFile.WritePng("aligned-faces.png", TileSheet.Draw(aligned));
Console.WriteLine($"Wrote {Path.GetFullPath("aligned-faces.png")}");
