namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>A model that ONNX Runtime has loaded.</summary>
internal sealed class OrtEngine : IBackendEngine
{
    public static OrtEngine Load(string? path, ReadOnlyMemory<byte> bytes, OrtSettings settings) =>
        throw new NotSupportedException();

    public string Version => "";

    public string LibraryPath => "";

    public IBackendBinding Bind(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs) =>
        throw new NotSupportedException();

    public void Dispose()
    {
    }
}
