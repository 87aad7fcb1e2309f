using SkiaSharp;

namespace TrtBindings.Vision;

/// <summary>Bitmaps of SkiaSharp as the engines' images, and masks and class maps as bitmaps.</summary>
public static class SkiaImages
{
    /// <summary>The pixels of a bitmap for one call of an engine. Nothing is copied or allocated.</summary>
    /// <param name="bitmap">
    /// A bitmap of 8 bits a channel: RGBA, BGRA, RGB with an unused byte, or grey. Alpha is ignored; the colours of
    /// premultiplied pixels that are not opaque count as they are stored, darkened as on a black background.
    /// </param>
    /// <exception cref="ImageException">The bitmap is empty, or of another colour type; the message names the fix.</exception>
    /// <remarks>
    /// The view is valid as long as the bitmap lives and its pixels stay where they are. Hold the bitmap with <c>using</c>, so
    /// that neither you nor the garbage collector frees it before the call that takes the view has returned.
    /// </remarks>
    public static ImageView AsView(this SKBitmap bitmap)
    {
        var format = FormatOf(bitmap);
        return ImageView.FromPointer(bitmap.GetPixels(), bitmap.Width, bitmap.Height, format, bitmap.RowBytes);
    }

    /// <summary>The pixels of a bitmap for a batch. Nothing is copied or allocated.</summary>
    /// <inheritdoc cref="AsView" path="/param|/exception"/>
    /// <remarks>
    /// The image keeps the bitmap from being collected by the garbage collector, but not from being disposed: dispose it after
    /// the last call that takes the image has returned.
    /// </remarks>
    public static ImageMemory AsImage(this SKBitmap bitmap)
    {
        var format = FormatOf(bitmap);
        return ImageMemory.FromPointer(bitmap.GetPixels(), bitmap.Width, bitmap.Height, format, bitmap.RowBytes, bitmap);
    }

    /// <summary>The whole frame of a mask as a grey bitmap: 255 where the instance is, 0 elsewhere.</summary>
    /// <returns>The bitmap; the caller disposes it. <see cref="ImageFile.Write"/> makes it a PNG.</returns>
    public static SKBitmap ToBitmap(this Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var bitmap = new SKBitmap(mask.FrameWidth, mask.FrameHeight, SKColorType.Gray8, SKAlphaType.Opaque);
        mask.CopyTo(bitmap.GetPixelSpan(), byte.MaxValue);
        return bitmap;
    }

    /// <summary>A class map as a grey bitmap: the class index of each pixel, as data sets store label maps.</summary>
    /// <inheritdoc cref="ToBitmap(Mask)" path="/returns"/>
    /// <exception cref="ImageException">The map is empty.</exception>
    public static SKBitmap ToBitmap<TLabel>(this ClassMap<TLabel> map)
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Width == 0) throw new ImageException("The class map is empty.");
        var bitmap = new SKBitmap(map.Width, map.Height, SKColorType.Gray8, SKAlphaType.Opaque);
        map.Values.CopyTo(bitmap.GetPixelSpan());
        return bitmap;
    }

    /// <summary>A copy of an image as a bitmap of 4 bytes a pixel, opaque.</summary>
    /// <inheritdoc cref="ToBitmap(Mask)" path="/returns"/>
    /// <exception cref="ImageException">The image is a default value.</exception>
    public static SKBitmap ToBitmap(this ImageView image)
    {
        if (image.Width == 0) throw new ImageException("The image is empty (a default value).");
        var bitmap = new SKBitmap(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var size = image.Format.BytesPerPixel();
        var blueFirst = image.Format is PixelFormat.Bgr or PixelFormat.Bgra;
        var to = bitmap.GetPixelSpan();
        for (var y = 0; y < image.Height; y++)
        {
            var row = image.Pixels[(y * image.Stride)..];
            for (var x = 0; x < image.Width; x++, to = to[4..])
            {
                var from = row.Slice(x * size, size);
                var (first, last) = (from[0], from[size == 1 ? 0 : 2]);
                (to[0], to[1], to[2], to[3]) = (
                    blueFirst ? last : first, from[size == 1 ? 0 : 1], blueFirst ? first : last, byte.MaxValue);
            }
        }

        return bitmap;
    }

    private static PixelFormat FormatOf(SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        if (bitmap.Width == 0 || bitmap.Height == 0 || bitmap.GetPixels() == 0)
            throw new ImageException($"The bitmap of {bitmap.Width} x {bitmap.Height} has no pixels in memory.");
        return bitmap.ColorType switch
        {
            SKColorType.Rgba8888 or SKColorType.Srgba8888 or SKColorType.Rgb888x => PixelFormat.Rgba,
            SKColorType.Bgra8888 => PixelFormat.Bgra,
            SKColorType.Gray8 => PixelFormat.Gray,
            var other => throw new ImageException($"Engines take 8 bits a channel, and this bitmap has {other} pixels. "
                + "Convert it once: bitmap.Copy(SKColorType.Rgba8888)."),
        };
    }
}
