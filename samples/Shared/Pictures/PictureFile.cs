namespace TrtBindings.Samples;

/// <summary>
/// Reads PNG and JPEG and writes PNG, so that the samples need no imaging package. An application would use the imaging
/// library that it has: the engines take plain pixels. Thread-safe.
/// </summary>
internal static class PictureFile
{
    /// <summary>A file larger than this cannot hold a picture that would be accepted.</summary>
    private const long MaxFileBytes = 512L << 20;

    /// <summary>Whether the system's libjpeg-turbo is there; without it only PNG is read.</summary>
    public static bool CanReadJpeg => JpegLibrary.IsAvailable;

    /// <summary>Reads a PNG (any colour type, not interlaced) or a JPEG as RGB; transparency is dropped.</summary>
    /// <exception cref="PictureException">
    /// Malformed, too large, or a kind that is not read; the message names the file.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Picture Read(string path)
    {
        try
        {
            var bytes = ReadAll(path);
            if (PngReader.IsPng(bytes)) return PngReader.Read(bytes);
            if (bytes is [0xFF, 0xD8, 0xFF, ..]) return JpegReader.Read(bytes);
            throw new PictureException(bytes.Length == 0 ? "the file is empty." : "it is neither a PNG nor a JPEG.");
        }
        catch (PictureException e)
        {
            throw new PictureException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes an 8-bit RGB PNG; an existing file is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void WritePng(string path, Picture picture)
    {
        using var stream = File.Create(path);
        PngWriter.Write(stream, picture);
    }

    private static byte[] ReadAll(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxFileBytes })
            throw new PictureException($"it has more than {MaxFileBytes >> 20} MiB.");
        return File.ReadAllBytes(path);
    }
}
