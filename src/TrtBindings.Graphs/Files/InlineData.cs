namespace TrtBindings.Graphs.Files;

/// <summary>Elements that are in memory, as most are: they came with the .onnx.</summary>
internal sealed class InlineData(ElementType type, long count, ReadOnlyMemory<byte> bytes) : TensorData(type, count)
{
    public override bool IsExternal => false;

    public override void Read(TensorSink sink)
    {
        for (var at = 0; at < bytes.Length; at += PieceBytes)
            sink(bytes.Span.Slice(at, Math.Min(PieceBytes, bytes.Length - at)));
    }
}
