using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace TrtBindings.Graphs.Files;

/// <summary>32-bit numbers, of which each block of the first dimension is multiplied by a factor while it is read.</summary>
internal sealed class ScaledData(TensorData source, float[] factors) : TensorData(ElementType.Float, source.Count)
{
    public override bool IsExternal => source.IsExternal;

    public override void Read(TensorSink sink)
    {
        var block = Count / factors.Length;
        var buffer = ArrayPool<float>.Shared.Rent(PieceBytes / sizeof(float));
        try
        {
            long at = 0;
            source.Read(piece =>
            {
                var values = MemoryMarshal.Cast<byte, float>(piece);
                var result = buffer.AsSpan(0, values.Length);
                for (var done = 0; done < values.Length;)
                {
                    var length = (int)Math.Min(values.Length - done, block - (at % block));
                    TensorPrimitives.Multiply(values.Slice(done, length), factors[at / block], result.Slice(done, length));
                    done += length;
                    at += length;
                }

                sink(MemoryMarshal.AsBytes(result));
            });
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }
}
