using SkiaSharp;

namespace TrtBindings.Vision.Tests;

/// <summary>Plain pictures, masks and colours that the tests of the overlay share.</summary>
internal static class OverlayPictures
{
    public static Mask Square(int width, int height, int from, int to)
    {
        var side = to - from;
        var counts = new List<int> { (from * height) + from };
        for (var i = 0; i < side; i++) counts.AddRange([side, height - side]);
        counts[^1] = (width * height) - counts.SkipLast(1).Sum();
        return CocoRunLengths.Of([.. counts], width, height).ToMask();
    }

    public static SKBitmap Plain(int width, int height, SKColor color)
    {
        var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(color);
        return bitmap;
    }

    public static SKColor Mixed(SKColor above, SKColor below, double share)
    {
        byte Mix(byte one, byte other) => (byte)Math.Round((one * share) + (other * (1 - share)));
        return new(Mix(above.Red, below.Red), Mix(above.Green, below.Green), Mix(above.Blue, below.Blue));
    }

    public static bool Near(SKColor one, SKColor other) =>
        Math.Abs(one.Red - other.Red) + Math.Abs(one.Green - other.Green) + Math.Abs(one.Blue - other.Blue) < 6;
}
