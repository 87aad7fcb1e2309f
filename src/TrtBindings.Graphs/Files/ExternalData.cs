using System.Buffers;

namespace TrtBindings.Graphs.Files;

/// <summary>Elements that lie in a file beside the .onnx.</summary>
internal sealed class ExternalData(ElementType type, long count, ExternalFile file, long offset) : TensorData(type, count)
{
    public override bool IsExternal => true;

    public override void Read(TensorSink sink)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (var (at, left) = (offset, Bytes); left > 0;)
            {
                var piece = buffer.AsSpan(0, (int)Math.Min(PieceBytes, left));
                file.Read(at, piece);
                sink(piece);
                at += piece.Length;
                left -= piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
