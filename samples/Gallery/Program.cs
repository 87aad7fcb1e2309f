using SkiaSharp;
using TrtBindings.Vision;

// Puts pictures of the samples together, three in a row: dotnet run --project samples/Gallery -- OUTPUT PICTURE...
const int Columns = 3, Width = 640, Height = 480, Gap = 6;
var pictures = args[1..];
var rows = (pictures.Length + Columns - 1) / Columns;
using var gallery = new SKBitmap(
    (Columns * (Width + Gap)) - Gap, (rows * (Height + Gap)) - Gap, SKColorType.Rgba8888, SKAlphaType.Opaque);
using var canvas = new SKCanvas(gallery);
canvas.Clear(SKColors.White);
foreach (var (i, path) in pictures.Index())
{
    // Each fills its place: scaled to the shorter side, the rest of the longer one cut off at the end.
    using var picture = ImageFile.Read(path);
    var scale = Math.Max(Width / (float)picture.Width, Height / (float)picture.Height);
    var part = SKRect.Create(Width / scale, Height / scale);
    var place = SKRect.Create(i % Columns * (Width + Gap), i / Columns * (Height + Gap), Width, Height);
    canvas.DrawBitmap(picture, part, place, new SKSamplingOptions(SKCubicResampler.Mitchell));
}

ImageFile.Write(args[0], gallery, quality: 85);
Console.WriteLine($"Wrote {Path.GetFullPath(args[0])}");
