using TrtBindings.Model;

namespace TrtBindings.Onnx;

/// <summary>Reads what an .onnx says of itself, weights aside.</summary>
public static class OnnxModelReader
{
    /// <summary>Placeholder until the reader lands.</summary>
    public static ModelDescription Read(Stream stream) => throw new NotSupportedException(stream.ToString());
}
