using TrtBindings.Graphs.Files;

namespace TrtBindings.Cli.Output;

/// <summary>Writes a file under another name and gives it its own when it is whole, so that nothing half-written is
/// left.</summary>
internal static class WholeFile
{
    /// <summary>Refuses to write over what the same command reads.</summary>
    /// <param name="path">The file that will be written.</param>
    /// <param name="read">The files that are read.</param>
    /// <exception cref="UsageException">It is one of them.</exception>
    public static void RefuseOver(string path, params IEnumerable<string> read)
    {
        if (read.FirstOrDefault(one => SamePath.Is(one, path)) is { } same)
            throw new UsageException($"'{path}' would be written over '{same}', which is read. Name another file.");
    }

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
        RequireFolder(path);
        using var work = WorkFolder.Beside(full);
        var part = work[Path.GetFileName(full)];
        write(part);
        File.Move(part, full, overwrite: true);
    }

    /// <summary>The folder of a file that will be written.</summary>
    /// <exception cref="UsageException">It is not there, or the path is a folder itself.</exception>
    public static string RequireFolder(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = (Directory.Exists(full) ? null : Path.GetDirectoryName(full))
            ?? throw new UsageException($"'{path}' is a folder, and a file is to be written.");
        if (!Directory.Exists(folder)) throw new UsageException($"There is no folder '{folder}' to write '{path}' to.");
        return folder;
    }

    /// <summary>Writes text in UTF-8.</summary>
    public static void WriteText(string path, string text) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        writer.Write(text);
    });
}
