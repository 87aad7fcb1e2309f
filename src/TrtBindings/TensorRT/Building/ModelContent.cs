namespace TrtBindings.TensorRT.Building;

/// <summary>A model to build an engine from, or to take an engine's weights from.</summary>
/// <param name="Name">What messages call it: its path, or what stands in for it.</param>
/// <param name="Path">Full path of the .onnx; <see langword="null"/> if it is in memory.</param>
/// <param name="Bytes">The .onnx, if it is in memory; it must have no external files then.</param>
/// <param name="ExternalFiles">Every file outside the .onnx that holds weights, each once.</param>
internal sealed record ModelContent(
    string Name, string? Path, ReadOnlyMemory<byte> Bytes, IReadOnlyList<ExternalFile> ExternalFiles)
{
    /// <summary>
    /// The model's inputs as it declares them: TensorRT's parser does not say which one has a type that it refuses.
    /// </summary>
    public IReadOnlyList<TensorDescription> Inputs { get; init; } = [];

    /// <summary>The .onnx itself, read now if it is in a file.</summary>
    /// <exception cref="ModelFileException">It cannot be read.</exception>
    public ReadOnlyMemory<byte> ReadBytes()
    {
        if (Path is null) return Bytes;
        try
        {
            return File.ReadAllBytes(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(Path, $"'{Path}' cannot be read: {e.Message}", [Path], e);
        }
    }
}
