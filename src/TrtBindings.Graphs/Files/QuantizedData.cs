using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace TrtBindings.Graphs.Files;

/// <summary>
/// Floating-point elements divided by the scale of their channel and rounded to INT8 or FP8, while they are read.
/// </summary>
/// <param name="source">The elements.</param>
/// <param name="type"><see cref="ElementType.Int8"/> or <see cref="ElementType.Float8E4M3FN"/>.</param>
/// <param name="dims">Sizes of the tensor.</param>
/// <param name="axis">The dimension of the channels; -1 for one scale for all.</param>
/// <param name="scales">The scale of each channel.</param>
internal sealed class QuantizedData(TensorData source, ElementType type, IReadOnlyList<long> dims, int axis, float[] scales)
    : TensorData(type, source.Count)
{
    /// <summary>The largest number of INT8 here: -128 has no counterpart.</summary>
    public const float LargestInt8 = 127;

    public override bool IsExternal => source.IsExternal;

    /// <summary>The largest finite magnitude in each channel.</summary>
    public static float[] MaxOf(TensorData data, IReadOnlyList<long> dims, int axis)
    {
        var channels = new Channels(dims, axis);
        var max = new float[channels.Count];
        ReadFloats(data, values =>
        {
            for (var done = 0; done < values.Length;)
            {
                var (channel, length, isOfEach) = channels.Next(values.Length - done);
                var run = values.Slice(done, length);
                // Infinities and NaN have no scale.
                for (var i = 0; i < length; i++)
                {
                    if (Math.Abs(run[i]) is var value && float.IsFinite(value) && value > max[isOfEach ? channel + i : channel])
                        max[isOfEach ? channel + i : channel] = value;
                }

                done += length;
            }
        });
        return max;
    }

    public override void Read(TensorSink sink)
    {
        var channels = new Channels(dims, axis);
        var bytes = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            ReadFloats(source, values =>
            {
                for (var done = 0; done < values.Length;)
                {
                    var (channel, length, isOfEach) = channels.Next(values.Length - done);
                    var run = values.Slice(done, length);
                    if (isOfEach) TensorPrimitives.Divide(run, scales.AsSpan(channel, length), run);
                    else TensorPrimitives.Divide(run, scales[channel], run);
                    done += length;
                }

                var result = bytes.AsSpan(0, values.Length);
                if (Type == ElementType.Float8E4M3FN)
                {
                    for (var i = 0; i < values.Length; i++) result[i] = Float8.FromFloat(values[i]);
                }
                else
                {
                    // Half to even, as QuantizeLinear does.
                    TensorPrimitives.Round(values, values);
                    TensorPrimitives.Min(values, LargestInt8, values);
                    TensorPrimitives.Max(values, -LargestInt8, values);
                    TensorPrimitives.ConvertSaturating(values, MemoryMarshal.Cast<byte, sbyte>(result));
                }

                sink(result);
            });
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static void ReadFloats(TensorData data, FloatSink sink)
    {
        var floats = ArrayPool<float>.Shared.Rent(PieceBytes / 2);
        try
        {
            data.Read(piece =>
            {
                var values = floats.AsSpan(0, piece.Length / (data.Type.BitWidth() / 8));
                ConvertedData.ToFloat(piece, data.Type, values);
                sink(values);
            });
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
        }
    }

    private delegate void FloatSink(Span<float> values);
}
