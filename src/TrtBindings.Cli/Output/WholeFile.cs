namespace TrtBindings.Cli.Output;

/// <summary>Writes a file under another name and gives it its own when it is whole, so that nothing half-written is
/// left.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file, or replaces it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write) => WriteNamed(path, part =>
    {
        using var stream = new FileStream(part, FileMode.CreateNew, FileAccess.ReadWrite);
        write(stream);
    });

    /// <summary>Writes a file with something that takes a path. The part has the ending of the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content to the path that it gets.</param>
    public static void WriteNamed(string path, Action<string> write)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? throw new UsageException(
            $"'{path}' is a folder, and a file is to be written.");
        if (!Directory.Exists(folder)) throw new UsageException($"There is no folder '{folder}' to write '{path}' to.");
        var part = Path.Combine(folder, $".{Guid.NewGuid():N}.part{Path.GetExtension(full)}");
        try
        {
            write(part);
            File.Move(part, full, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Writes text in UTF-8.</summary>
    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });
}
