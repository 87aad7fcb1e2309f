namespace TrtBindings.Samples;

/// <summary>
/// JPEG to RGB through libjpeg-turbo. Its rotation tag (EXIF) is not applied: the pixels are as they are stored.
/// </summary>
internal static class JpegReader
{
    /// <exception cref="PictureException">Malformed, too large, or libjpeg-turbo is not on this system.</exception>
    public static Picture Read(byte[] file)
    {
        if (!JpegLibrary.IsAvailable)
        {
            throw new PictureException("reading JPEG needs libjpeg-turbo, which is not on this system. "
                + "Install it (libjpeg62-turbo or libjpeg-turbo8 on Linux), or save the picture as PNG.");
        }

        // libjpeg reports an error through a function that must not return, and C# has no longjmp to leave it.
        // So each picture has a thread of its own: on an error that thread is parked for good, with its few kilobytes.
        var decoding = new JpegDecoding(file);
        new Thread(decoding.Run) { IsBackground = true, Name = "JPEG" }.Start();
        return decoding.Wait();
    }
}
