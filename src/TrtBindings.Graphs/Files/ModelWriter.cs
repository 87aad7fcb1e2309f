using System.Globalization;
using Google.Protobuf;

namespace TrtBindings.Graphs.Files;

/// <summary>
/// Writes a model so that nobody sees it half written: first into a <see cref="WorkFolder"/> beside the target, where it can be
/// tried, then moved, the .onnx last. Weights that were in a file of their own, and all of them if they are too many
/// for a message, go to <c>TARGET.data</c>.
/// </summary>
internal sealed class ModelWriter : IDisposable
{
    /// <summary>More than this in the .onnx itself is too close to 2 GB, where a protobuf message ends.</summary>
    private const long MostInline = 1_900_000_000;

    /// <summary>Systems map files by pages; larger tensors begin at one.</summary>
    private const int PageBytes = 4096;

    private readonly string _target;
    private readonly string _data;
    private WorkFolder? _work;
    private FileStream? _weights;

    /// <param name="source">The file that the model was read from.</param>
    /// <param name="target">The file to write. An existing one is replaced.</param>
    /// <exception cref="ModelFileException">The target is one of the files that are read.</exception>
    public ModelWriter(OnnxFile source, string target)
    {
        _target = Path.GetFullPath(target);
        var folder = Path.GetDirectoryName(_target);
        if (folder is null || Directory.Exists(_target))
            throw new ModelFileException(target, $"'{target}' is a folder. Name the file to write.");
        _data = _target + ".data";
        if (SamePath.Replaces(_target, source.Path)
            || source.ExternalPaths.Any(path => SamePath.Replaces(_target, path) || SamePath.Replaces(_data, path)))
        {
            throw new ModelFileException(target,
                $"'{target}' or its weights in '{_data}' would be written over what is read from "
                + $"'{source.Path}'. Name another file.");
        }
    }

    /// <summary>The model before it has its name, with its weights beside it; once it is written.</summary>
    public string TemporaryPath => _work![Path.GetFileName(_target)];

    /// <summary>Writes the model and its weights into the folder of its own.</summary>
    /// <param name="file">Where tensors come from that are not in <paramref name="changed"/>.</param>
    /// <param name="model">The model. Its tensors get their data here.</param>
    /// <param name="changed">Tensors with new elements.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="ModelFileException">
    /// The disk is full, the folder is not to be written, or the source cannot be read.
    /// </exception>
    public void Write(OnnxFile file, ModelProto model, IReadOnlyDictionary<TensorProto, TensorData> changed,
        CancellationToken cancellation = default)
    {
        var tensors = TensorWalk.All(model)
            .Select(tensor => (Tensor: tensor, Data: changed.GetValueOrDefault(tensor)
                ?? (OnnxFile.IsExternal(tensor) ? file.DataOf(tensor) : null))).ToList();
        var inline = tensors.Sum(one => one.Data is null ? one.Tensor.CalculateSize() : one.Data.IsExternal ? 0 : one.Data.Bytes);
        try
        {
            _work ??= WorkFolder.Beside(_target);
            foreach (var (tensor, data) in tensors)
            {
                cancellation.ThrowIfCancellationRequested();
                if (data is null) continue;
                TypedFields.Clear(tensor);
                tensor.ExternalData.Clear();
                tensor.ClearDataLocation();
                if (data.IsExternal || inline > MostInline) WriteExternal(tensor, data);
                else tensor.RawData = UnsafeByteOperations.UnsafeWrap(data.ToArray());
            }

            _weights?.Dispose();
            using var stream = new FileStream(TemporaryPath, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            model.WriteTo(stream);
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    /// <summary>Gives the files their names.</summary>
    /// <exception cref="ModelFileException">A file of that name cannot be replaced.</exception>
    public void Commit()
    {
        try
        {
            if (_weights is not null)
            {
                // An older model is never seen with the new weights: there is none until the new one is complete.
                File.Delete(_target);
                File.Move(_weights.Name, _data, overwrite: true);
            }

            File.Move(TemporaryPath, _target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        _weights?.Dispose();
        _work?.Dispose();
    }

    private void WriteExternal(TensorProto tensor, TensorData data)
    {
        _weights ??= new(TemporaryPath + ".data", FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        var unit = data.Bytes >= PageBytes ? PageBytes : 64;
        var offset = (_weights.Position + unit - 1) / unit * unit;
        _weights.Position = offset;
        data.Read(_weights.Write);
        // A tensor without elements at the end would lie beyond the file.
        if (_weights.Length < _weights.Position) _weights.SetLength(_weights.Position);
        tensor.ClearRawData();
        tensor.DataLocation = OnnxFile.ExternalLocation;
        Add("location", Path.GetFileName(_data));
        Add("offset", offset.ToString(CultureInfo.InvariantCulture));
        Add("length", data.Bytes.ToString(CultureInfo.InvariantCulture));

        void Add(string key, string value) => tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
    }

    private ModelFileException Failed(Exception e) =>
        new(_target, $"'{_target}' cannot be written: {e.Message}", [_target], e);
}
