using TrtBindings.Vision;

namespace TrtBindings.Generators.Tests;

/// <summary>Picture files as RGB bytes.</summary>
internal static class Pictures
{
    /// <summary>Reads a file; alpha is dropped.</summary>
    public static ImageMemory Rgb(string path)
    {
        using var bitmap = ImageFile.Read(path);
        var rgba = bitmap.GetPixelSpan();
        var rgb = new byte[bitmap.Width * bitmap.Height * 3];
        for (var i = 0; i < rgb.Length / 3; i++) rgba.Slice(4 * i, 3).CopyTo(rgb.AsSpan(3 * i));
        return new(rgb, bitmap.Width, bitmap.Height, PixelFormat.Rgb);
    }
}
