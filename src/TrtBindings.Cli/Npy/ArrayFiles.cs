using System.IO.Compression;

namespace TrtBindings.Cli.Npy;

/// <summary>Files of arrays: .npy holds one, .npz several with their names, as <c>np.savez</c> writes it.</summary>
internal static class ArrayFiles
{
    private const string One = ".npy";
    private const string Several = ".npz";

    /// <summary>Whether a path names a file of several arrays.</summary>
    public static bool IsSeveral(string path) => path.EndsWith(Several, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a path names a file of one array.</summary>
    public static bool IsOne(string path) => path.EndsWith(One, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a .npy.</summary>
    /// <exception cref="UsageException">It is missing, cut off, or no array that a tensor can take.</exception>
    public static NpyArray ReadOne(string path) => Read(path, NpyStream.Read);

    /// <summary>Reads a .npz.</summary>
    /// <exception cref="UsageException">It is missing, damaged, or holds something that a tensor cannot take.</exception>
    public static Dictionary<string, NpyArray> ReadSeveral(string path) => Read(path, stream =>
    {
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            if (!IsOne(entry.FullName)) throw new NpyException($"'{entry.FullName}' in it is no .npy");
            using var inside = entry.Open();
            if (!arrays.TryAdd(entry.FullName[..^One.Length], NpyStream.Read(inside)))
                throw new NpyException($"it has two arrays named '{entry.FullName[..^One.Length]}'");
        }

        return arrays;
    });

    /// <summary>Writes a .npy.</summary>
    /// <exception cref="UsageException">NumPy has no type for the elements.</exception>
    public static void WriteOne(string path, NpyArray array) => Write(path, stream => NpyStream.Write(stream, array));

    /// <summary>Writes a .npz, not compressed, as <c>np.savez</c> does.</summary>
    /// <exception cref="UsageException">NumPy has no type for the elements of one.</exception>
    public static void WriteSeveral(string path, IEnumerable<(string Name, NpyArray Array)> arrays) => Write(path, stream =>
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, array) in arrays)
        {
            using var inside = archive.CreateEntry(name + One, CompressionLevel.NoCompression).Open();
            NpyStream.Write(inside, array);
        }
    });

    private static T Read<T>(string path, Func<Stream, T> read)
    {
        if (path.Length == 0 || Directory.Exists(path)) throw new UsageException($"'{path}' is no file with an array.");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            return read(stream);
        }
        catch (Exception e) when (e is NpyException or EndOfStreamException or InvalidDataException)
        {
            var why = e is EndOfStreamException ? "it is cut off" : e.Message.TrimEnd('.');
            throw new UsageException($"'{path}' is no array that can be used: {why}.");
        }
    }

    private static void Write(string path, Action<Stream> write)
    {
        try
        {
            WholeFile.Write(path, write);
        }
        catch (NpyException e)
        {
            throw new UsageException($"'{path}' cannot be written: {e.Message}.");
        }
    }
}
