using System.Globalization;
using System.Security.Cryptography;
using Google.Protobuf;
using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings.Graphs.Files;

/// <summary>
/// An .onnx file in memory. Weights in files of their own stay there until they are asked for. Not thread-safe.
/// </summary>
internal sealed class OnnxFile : IDisposable
{
    /// <summary>The <c>data_location</c> of tensors whose elements are in another file.</summary>
    public const int ExternalLocation = 1;

    private readonly Dictionary<string, ExternalFile> _files = [];

    private OnnxFile(string path, ModelProto model, byte[] hash) => (Path, Model, Hash) = (path, model, hash);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>What the file says. It may be changed.</summary>
    public ModelProto Model { get; }

    /// <summary>SHA-256 of the .onnx without its external data.</summary>
    public byte[] Hash { get; }

    /// <summary>Every file of weights that was opened so far.</summary>
    public IEnumerable<string> ExternalPaths => _files.Keys;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFileException">It is missing, unreadable or not an .onnx.</exception>
    public static OnnxFile Read(string path)
    {
        try
        {
            var full = System.IO.Path.GetFullPath(path);
            using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            if (stream.Length == 0) throw new ModelFileException(path, $"'{path}' is empty. Export or copy the model again.");
            if (stream.Length > int.MaxValue)
            {
                throw new ModelFileException(path, $"'{path}' has {stream.Length} bytes, and an .onnx has at most 2 GB. Save the "
                    + "model with external data.");
            }

            var hash = SHA256.HashData(stream);
            stream.Position = 0;
            var file = new OnnxFile(full, ModelProto.Parser.ParseFrom(stream), hash);
            if (file.Model.Graph is null)
                throw new ModelFileException(path, $"'{path}' has no graph, so it is no .onnx model. Give the path of a model.");
            return file;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new ModelFileException(path, $"'{path}' is not an .onnx, or it is damaged: {e.Message} Copy it again.", null,
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ModelFileException(path, $"'{path}' cannot be read: {e.Message}", [path], e);
        }
    }

    /// <summary>True if a tensor's elements are in another file.</summary>
    public static bool IsExternal(TensorProto tensor) => tensor.DataLocation == ExternalLocation;

    /// <summary>The elements of a tensor.</summary>
    /// <returns><see langword="null"/> if they have no plain form in bytes, such as text.</returns>
    /// <exception cref="ModelFileException">Its size and its data do not fit together, or its file is missing.</exception>
    public TensorData? DataOf(TensorProto tensor)
    {
        var type = (ElementType)tensor.DataType;
        if (type.BitWidth() == 0)
            return IsExternal(tensor) ? throw Bad(tensor, $"has the unknown element type {tensor.DataType} and external data")
                : null;
        var count = CountOf(tensor);
        if (IsExternal(tensor)) return External(tensor, type, count);
        if (!tensor.HasRawData)
        {
            return TypedFields.DataOf(
                tensor, type, count, () => Bad(tensor, "has another number of elements than its shape says"));
        }

        if (tensor.RawData.Length != TensorData.BytesOf(type, count))
        {
            throw Bad(tensor, $"has {tensor.RawData.Length} bytes of data, and its shape says "
                + $"{TensorData.BytesOf(type, count)}");
        }

        return new InlineData(type, count, tensor.RawData.Memory);
    }

    public void Dispose()
    {
        foreach (var file in _files.Values) file.Dispose();
    }

    private long CountOf(TensorProto tensor)
    {
        long count = 1;
        foreach (var size in tensor.Dims)
        {
            if (size < 0) throw Bad(tensor, $"has the size {size}");
            // Beyond any file, and far enough below 2^63 that sixteen bytes an element can be counted.
            if (size != 0 && count > (1L << 56) / size) throw Bad(tensor, "has more elements than a file can hold");
            count *= size;
        }

        return count;
    }

    private ExternalData External(TensorProto tensor, ElementType type, long count)
    {
        string? location = null;
        var (offset, length) = (0L, -1L);
        foreach (var entry in tensor.ExternalData)
        {
            switch (entry.Key)
            {
                case "location": location = entry.Value; break;
                case "offset": offset = Number(tensor, entry); break;
                case "length": length = Number(tensor, entry); break;
            }
        }

        var bytes = TensorData.BytesOf(type, count);
        if (length >= 0 && length != bytes)
            throw Bad(tensor, $"has {length} bytes of external data, and its shape says {bytes}");
        var path = ExternalDataPath.Find(Path, location ?? "")
            ?? throw Bad(tensor, $"has its data at '{location}', which is not inside the model's folder");
        if (!_files.TryGetValue(path, out var file)) _files[path] = file = new(Path, path);
        if (offset > file.Length || bytes > file.Length - offset)
        {
            throw Bad(tensor, $"ends at byte {offset + bytes} of '{file.Path}', which has only {file.Length}");
        }

        return new(type, count, file, offset);
    }

    private long Number(TensorProto tensor, StringStringEntryProto entry) =>
        long.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= 1L << 60
            ? value
            : throw Bad(tensor, $"has the {entry.Key} '{entry.Value}' for its external data");

    private ModelFileException Bad(TensorProto tensor, string what) =>
        new(Path, $"The tensor '{tensor.Name}' of '{Path}' {what}. Export or copy the model again.");
}
