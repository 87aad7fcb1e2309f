namespace TrtBindings.Vision.Tests.Support;

/// <summary>Picture files as managed memory of 3 bytes a pixel, which tests can index.</summary>
internal static class PhotoFile
{
    /// <summary>Reads a file with SkiaSharp; alpha is dropped.</summary>
    public static ImageMemory Read(string path)
    {
        using var bitmap = ImageFile.Read(path);
        var rgba = bitmap.GetPixelSpan();
        var rgb = new byte[bitmap.Width * bitmap.Height * 3];
        for (var i = 0; i < rgb.Length / 3; i++) rgba.Slice(4 * i, 3).CopyTo(rgb.AsSpan(3 * i));
        return new(rgb, bitmap.Width, bitmap.Height, PixelFormat.Rgb);
    }
}
