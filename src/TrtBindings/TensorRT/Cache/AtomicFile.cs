namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// Writes a file that is never seen half written: the content goes to a temporary file, is flushed to the disk and renamed.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    /// <summary>Extension of files that are still being written.</summary>
    public const string TemporaryExtension = ".tmp";

    private readonly string _temporary;
    private bool _renamed;

    private AtomicFile(string temporary, FileStream stream)
    {
        _temporary = temporary;
        Stream = stream;
    }

    /// <summary>Write the content here.</summary>
    public FileStream Stream { get; }

    /// <summary>Starts a file that only this user can read and write.</summary>
    /// <param name="folder">The folder of the file.</param>
    /// <param name="expectedBytes">Disk space to reserve, so that a full disk is an error now; 0 if unknown.</param>
    /// <exception cref="IOException">No room, or the folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static AtomicFile Create(string folder, long expectedBytes = 0)
    {
        var path = Path.Combine(folder, $".{Guid.NewGuid():N}{TemporaryExtension}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            PreallocationSize = expectedBytes,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, new(path, options));
    }

    /// <summary>Writes a small file.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = Create(Path.GetDirectoryName(path)!);
        file.Stream.Write(content);
        file.Commit(path);
    }

    /// <summary>Renames the file to its final path, and replaces a file that is already there.</summary>
    public void Commit(string path)
    {
        // Without the flush, a power failure could leave an empty file under the final name.
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, path, overwrite: true);
        _renamed = true;
    }

    /// <summary>Deletes the temporary file, unless it was committed.</summary>
    public void Dispose()
    {
        if (_renamed) return;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // The disk is full and cannot take the rest of the buffer. The first error is already being thrown.
        }

        CacheFiles.TryDelete(_temporary);
    }
}
