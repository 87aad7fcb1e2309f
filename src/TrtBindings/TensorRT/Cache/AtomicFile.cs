namespace TrtBindings.TensorRT.Cache;

/// <summary>A file that appears under its name whole, or not at all: written beside it, flushed to the disk, renamed.</summary>
internal sealed class AtomicFile : IDisposable
{
    /// <summary>Ends the names of files that are being written.</summary>
    public const string TemporaryExtension = ".tmp";

    private readonly string _temporary;
    private bool _renamed;

    private AtomicFile(string temporary, FileStream stream)
    {
        _temporary = temporary;
        Stream = stream;
    }

    /// <summary>Takes the content.</summary>
    public FileStream Stream { get; }

    /// <summary>Starts a file that only this user can read and write.</summary>
    /// <param name="folder">Where it will be.</param>
    /// <param name="expectedBytes">Reserved at once, so that a full disk is an error now; 0 if unknown.</param>
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

    /// <summary>Gives the file its name, in place of one that has it.</summary>
    public void Commit(string path)
    {
        // Without this a power failure could leave the name on a file without content.
        Stream.Flush(flushToDisk: true);
        Stream.Dispose();
        File.Move(_temporary, path, overwrite: true);
        _renamed = true;
    }

    /// <summary>Removes what was written, unless it was committed.</summary>
    public void Dispose()
    {
        if (_renamed) return;
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // What is still in the buffer does not fit on the disk either; the error before this one is under way.
        }

        CacheFiles.TryDelete(_temporary);
    }
}
