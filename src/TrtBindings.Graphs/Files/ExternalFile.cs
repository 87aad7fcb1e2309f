using Microsoft.Win32.SafeHandles;

namespace TrtBindings.Graphs.Files;

/// <summary>An open file of weights.</summary>
internal sealed class ExternalFile : IDisposable
{
    private readonly string _model;
    private readonly SafeFileHandle _handle;

    public ExternalFile(string model, string path)
    {
        (_model, Path) = (model, path);
        try
        {
            _handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
            Length = RandomAccess.GetLength(_handle);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(model, $"'{path}', which holds weights of '{model}', cannot be opened: {e.Message} "
                + "Put the file back beside the model; both belong together.", [path], e);
        }
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>Fills a buffer from a place in the file.</summary>
    public void Read(long offset, Span<byte> buffer)
    {
        try
        {
            while (buffer.Length > 0)
            {
                var read = RandomAccess.Read(_handle, buffer, offset);
                if (read == 0) throw new EndOfStreamException("the file became shorter while it was read.");
                buffer = buffer[read..];
                offset += read;
            }
        }
        catch (IOException e)
        {
            throw new ModelFileException(
                _model, $"'{Path}', which holds weights of '{_model}', cannot be read: {e.Message}", [Path], e);
        }
    }

    public void Dispose() => _handle.Dispose();
}
