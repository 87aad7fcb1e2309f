using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

/// <summary>Reads a model from bytes and returns its description or the error.</summary>
internal static class Describe
{
    public static ModelDescription Bytes(byte[] bytes) => OnnxModelReader.Read(new MemoryStream(bytes));

    public static ModelDescription Model(OnnxModelBuilder model) => Bytes(model.ToBytes());

    /// <summary>Describes a model with the graph that <paramref name="write"/> writes.</summary>
    public static ModelDescription Graph(Action<ProtobufWriter> write) => Bytes(GraphBytes(write));

    public static OnnxFormatException Error(byte[] bytes) => Should.Throw<OnnxFormatException>(() => Bytes(bytes));

    public static OnnxFormatException GraphError(Action<ProtobufWriter> write) => Error(GraphBytes(write));

    private static byte[] GraphBytes(Action<ProtobufWriter> write) =>
        new ProtobufWriter().Varint(1, 8).Message(7, write).ToBytes();
}
