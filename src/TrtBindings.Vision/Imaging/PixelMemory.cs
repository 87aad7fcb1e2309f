namespace TrtBindings.Vision.Imaging;

/// <summary>Checks that a size, a stride and a format fit the memory of the pixels.</summary>
internal static class PixelMemory
{
    /// <summary>
    /// Checks memory of a known length. Without a stride, memory that fits the pixels of another format exactly is refused.
    /// </summary>
    /// <returns>Bytes from one row to the next.</returns>
    /// <exception cref="ImageException">Says which of the numbers is wrong.</exception>
    public static int Check(long length, int width, int height, PixelFormat format, int stride)
    {
        var (bytesPerRow, needed) = Measure(width, height, format, stride);
        if (length < needed)
        {
            throw new ImageException($"An image of {width} x {height} {format} pixels with a stride of "
                + $"{bytesPerRow:N0} takes {needed:N0} bytes, but the memory that was given holds {length:N0}.");
        }

        // Nobody keeps so many bytes behind the pixels by chance, and the picture would be sheared without any error.
        if (stride == 0 && length > needed && LikelyFormats(length, width, height) is { } likely)
        {
            throw new ImageException($"The memory holds {length:N0} bytes, which are exactly {width} x {height} pixels of "
                + $"{likely}, but the format is {format}. If it is right, give the stride, {bytesPerRow:N0}.");
        }

        return bytesPerRow;
    }

    /// <summary>Checks native memory, whose length nobody knows.</summary>
    /// <returns>Bytes from one row to the next, and bytes from the first pixel to the last.</returns>
    /// <exception cref="ImageException">Says which of the numbers is wrong.</exception>
    public static (int BytesPerRow, int Length) CheckPointer(
        nint pixels, int width, int height, PixelFormat format, int stride)
    {
        if (pixels == 0) throw new ImageException("The address of the pixels is null.");
        return Measure(width, height, format, stride);
    }

    private static string? LikelyFormats(long length, int width, int height)
    {
        var pixels = (long)width * height;
        return length == 4 * pixels ? "Rgba or Bgra" : length == 3 * pixels ? "Rgb or Bgr" : null;
    }

    private static (int BytesPerRow, int Length) Measure(int width, int height, PixelFormat format, int stride)
    {
        if (width <= 0 || height <= 0)
            throw new ImageException($"An image of {width} x {height} pixels has none; both sides must be at least 1.");
        var rowBytes = (long)width * format.BytesPerPixel();
        var bytesPerRow = stride == 0 ? rowBytes : stride;
        if (bytesPerRow < rowBytes)
        {
            throw new ImageException($"A row of {width} {format} pixels is {rowBytes:N0} bytes, but the stride is "
                + $"{stride:N0}. The stride is the distance in bytes between the starts of two rows.");
        }

        // The last row needs no padding.
        var needed = ((Int128)bytesPerRow * (height - 1)) + rowBytes;
        if (needed > int.MaxValue)
        {
            throw new ImageException($"An image of {width} x {height} {format} pixels takes {needed:N0} bytes, more "
                + $"than one span holds ({int.MaxValue:N0}). Make it smaller or cut it into tiles.");
        }

        return ((int)bytesPerRow, (int)needed);
    }
}
