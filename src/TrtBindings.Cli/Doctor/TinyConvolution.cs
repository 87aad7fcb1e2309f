using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace TrtBindings.Cli.Doctor;

/// <summary>The smallest model that needs a convolution: y[1, 1, 2, 2] of x[1, 1, 4, 4], with the weights 1 to 9.</summary>
internal static class TinyConvolution
{
    private const int Side = 4;
    private const int Kernel = 3;
    private const int OutputSide = Side - Kernel + 1;
    private const float Tolerance = 1e-2f;

    /// <summary>The .onnx, by the field numbers of ONNX's protobuf.</summary>
    public static byte[] Model()
    {
        var weights = new byte[Kernel * Kernel * sizeof(float)];
        for (var i = 0; i < Kernel * Kernel; i++)
            BinaryPrimitives.WriteSingleLittleEndian(weights.AsSpan(i * sizeof(float)), i + 1);
        var node = Text(1, "x").Concat(Text(1, "w")).Concat(Text(2, "y")).Concat(Text(4, "Conv"));
        var initializer = new[] { 1, 1, Kernel, Kernel }.SelectMany(size => Number(1, size))
            .Concat(Number(2, 1)).Concat(Text(8, "w")).Concat(Bytes(9, weights));
        var graph = Bytes(1, node).Concat(Text(2, "g")).Concat(Bytes(5, initializer))
            .Concat(Bytes(11, Value("x", Side))).Concat(Bytes(12, Value("y", OutputSide)));
        return [.. Number(1, 8), .. Bytes(7, graph), .. Bytes(8, Text(1, "").Concat(Number(2, 17)))];
    }

    /// <summary>0 to 15.</summary>
    public static float[] Input() => [.. Enumerable.Range(0, Side * Side).Select(number => (float)number)];

    /// <summary>What is wrong with a result; <see langword="null"/> if it is right. TF32 has these numbers exactly.</summary>
    public static string? Difference(ReadOnlySpan<float> result)
    {
        var input = Input();
        for (var i = 0; i < OutputSide * OutputSide; i++)
        {
            var expected = 0f;
            for (var k = 0; k < Kernel * Kernel; k++)
                expected += (k + 1) * input[((i / OutputSide) + (k / Kernel)) * Side + (i % OutputSide) + (k % Kernel)];
            if (Math.Abs(result[i] - expected) <= Tolerance) continue;
            return string.Create(CultureInfo.InvariantCulture, $"the convolution gives {result[i]} instead of {expected}");
        }

        return null;
    }

    private static IEnumerable<byte> Value(string name, int side)
    {
        var shape = new[] { 1, 1, side, side }.SelectMany(size => Bytes(1, Number(1, size)));
        return Text(1, name).Concat(Bytes(2, Bytes(1, Number(1, 1).Concat(Bytes(2, shape)))));
    }

    private static byte[] Number(int field, int value) => [(byte)(field << 3), (byte)value];

    private static IEnumerable<byte> Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    private static IEnumerable<byte> Bytes(int field, IEnumerable<byte> content)
    {
        // A varint of two bytes is enough for all of this model.
        byte[] bytes = [.. content];
        byte[] length = bytes.Length < 128 ? [(byte)bytes.Length] : [(byte)(bytes.Length | 128), (byte)(bytes.Length >> 7)];
        return [(byte)((field << 3) | 2), .. length, .. bytes];
    }
}
