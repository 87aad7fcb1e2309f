namespace TrtBindings.Vision.Imaging;

/// <summary>Checks that memory holds an image.</summary>
internal static class PixelMemory
{
    /// <summary>Returns the stride, or throws if the pixels do not fit.</summary>
    /// <exception cref="ImageException">Names the wrong number.</exception>
    public static int Check(long length, int width, int height, PixelFormat format, int stride)
    {
        if (width <= 0 || height <= 0)
            throw new ImageException($"An image of {width} x {height} pixels is empty; both sides must be at least 1.");
        var rowBytes = (long)width * format.BytesPerPixel();
        var bytesPerRow = stride == 0 ? rowBytes : stride;
        if (bytesPerRow < rowBytes)
        {
            throw new ImageException($"A row of {width} {format} pixels is {rowBytes:N0} bytes, but the stride is "
                + $"{stride:N0}. The stride is the distance in bytes between the starts of two rows.");
        }

        // The last row need not be padded to the stride.
        var needed = ((Int128)bytesPerRow * (height - 1)) + rowBytes;
        if (needed > int.MaxValue)
        {
            throw new ImageException($"An image of {width} x {height} {format} pixels takes {needed:N0} bytes, more "
                + $"than one span holds ({int.MaxValue:N0}). Make it smaller or cut it into tiles.");
        }

        if (length < (long)needed)
        {
            throw new ImageException($"An image of {width} x {height} {format} pixels with a stride of "
                + $"{bytesPerRow:N0} takes {needed:N0} bytes, but the memory holds {length:N0}.");
        }

        return (int)bytesPerRow;
    }
}
