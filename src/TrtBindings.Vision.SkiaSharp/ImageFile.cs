using System.Runtime.InteropServices;
using SkiaSharp;

namespace TrtBindings.Vision;

/// <summary>Reads and writes picture files with SkiaSharp. Thread-safe.</summary>
public static class ImageFile
{
    /// <summary>
    /// Pixels that a picture may have unless the caller says otherwise. A file that declares more is refused before memory is
    /// allocated for it.
    /// </summary>
    public const long MaxPixels = 100_000_000;

    /// <summary>Reads a picture from a file; see <see cref="Decode(ReadOnlySpan{byte}, long)"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxPixels">Most pixels that the picture may have.</param>
    /// <returns>The picture; the caller disposes it.</returns>
    /// <exception cref="ImageException">
    /// The file is no picture, is damaged or cut off, or has too many pixels. The message names the file.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SKBitmap Read(string path, long maxPixels = MaxPixels)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return Read(stream, maxPixels);
        }
        catch (ImageException e)
        {
            throw new ImageException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads a picture from the rest of a stream; see <see cref="Decode(ReadOnlySpan{byte}, long)"/>.</summary>
    /// <param name="stream">The encoded picture.</param>
    /// <param name="maxPixels">Most pixels that the picture may have.</param>
    /// <returns>The picture; the caller disposes it.</returns>
    /// <exception cref="ImageException">The stream is no picture, is damaged or cut off, or has too many pixels.</exception>
    public static SKBitmap Read(Stream stream, long maxPixels = MaxPixels)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var data = SKData.Create(stream) ?? throw new ImageException("The stream is empty.");
        return Decode(data, maxPixels);
    }

    /// <summary>
    /// Decodes a picture of any format that Skia reads: PNG, JPEG, WebP, GIF (its first frame), BMP, ICO and WBMP. The result
    /// has 4 bytes a pixel (<see cref="SKColorType.Rgba8888"/>), stands upright whatever its EXIF orientation says, and has the
    /// values of the file: colour profiles are not applied, and transparent pixels keep their colour.
    /// </summary>
    /// <param name="encoded">The bytes of the file.</param>
    /// <param name="maxPixels">Most pixels that the picture may have.</param>
    /// <returns>The picture; the caller disposes it.</returns>
    /// <exception cref="ImageException">The bytes are no picture, are damaged or cut off, or it has too many pixels.</exception>
    public static SKBitmap Decode(ReadOnlySpan<byte> encoded, long maxPixels = MaxPixels)
    {
        using var data = SKData.CreateCopy(encoded);
        return Decode(data, maxPixels);
    }

    /// <summary>Writes a picture as PNG, JPEG or WebP, by the ending of the file's name. An existing file is replaced.</summary>
    /// <param name="path">A name that ends with .png, .jpg, .jpeg or .webp.</param>
    /// <param name="bitmap">The picture.</param>
    /// <param name="quality">0 to 100, for JPEG and WebP.</param>
    /// <exception cref="ArgumentException">The name ends otherwise.</exception>
    /// <exception cref="ImageException">Skia cannot encode a bitmap of this kind.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, SKBitmap bitmap, int quality = 90)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        var format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => SKEncodedImageFormat.Png,
            ".jpg" or ".jpeg" => SKEncodedImageFormat.Jpeg,
            ".webp" => SKEncodedImageFormat.Webp,
            _ => throw new ArgumentException($"'{path}' must end with .png, .jpg, .jpeg or .webp.", nameof(path)),
        };
        using var data = bitmap.Encode(format, quality) ?? throw new ImageException(
            $"Skia cannot write {bitmap.ColorType} pixels of {bitmap.Width} x {bitmap.Height} as {format}.");
        using var stream = File.Create(path);
        data.SaveTo(stream);
    }

    private static SKBitmap Decode(SKData data, long maxPixels)
    {
        if (data.Size == 0) throw new ImageException("There is nothing in it.");
        using var codec = SKCodec.Create(data) ?? throw new ImageException(
            "It is not a PNG, JPEG, WebP, GIF, BMP, ICO or WBMP picture, or its header is damaged.");
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > maxPixels)
            throw new ImageException($"It has {width} x {height} pixels, and at most {maxPixels:N0} are read.");
        // Without a colour space Skia converts no colours. Unpremultiplied keeps the colours of transparent pixels.
        var isOpaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        var info = new SKImageInfo(
            width, height, SKColorType.Rgba8888, isOpaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        var bitmap = new SKBitmap(info);
        try
        {
            var result = codec.GetPixels(info, bitmap.GetPixels());
            if (result == SKCodecResult.Success) return Upright(bitmap, codec.EncodedOrigin);
            throw new ImageException(result == SKCodecResult.IncompleteInput
                ? "The file is cut off." : $"It is damaged: Skia says {result}.");
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }
    }

    /// <summary>The same picture turned and mirrored as EXIF asks for. Takes the bitmap over.</summary>
    private static SKBitmap Upright(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        var (width, height) = (bitmap.Width, bitmap.Height);
        var (right, bottom, row) = (width - 1, (height - 1) * width, width);
        // Pixel of the file that becomes the top left one, and the way from it to its right and lower neighbours.
        var (start, across, down) = origin switch
        {
            SKEncodedOrigin.TopRight => (right, -1, row),
            SKEncodedOrigin.BottomRight => (bottom + right, -1, -row),
            SKEncodedOrigin.BottomLeft => (bottom, 1, -row),
            SKEncodedOrigin.LeftTop => (0, row, 1),
            SKEncodedOrigin.RightTop => (bottom, -row, 1),
            SKEncodedOrigin.RightBottom => (bottom + right, -row, -1),
            SKEncodedOrigin.LeftBottom => (right, row, -1),
            _ => (0, 1, row),
        };
        if (start == 0 && across == 1) return bitmap;
        using (bitmap)
        {
            var isTurned = Math.Abs(across) != 1 || width == 1 && origin >= SKEncodedOrigin.LeftTop;
            var upright = new SKBitmap(
                bitmap.Info.WithSize(isTurned ? height : width, isTurned ? width : height));
            var from = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
            var to = MemoryMarshal.Cast<byte, uint>(upright.GetPixelSpan());
            for (var y = 0; y < upright.Height; y++)
                for (var x = 0; x < upright.Width; x++)
                    to[(y * upright.Width) + x] = from[start + (x * across) + (y * down)];
            return upright;
        }
    }
}
