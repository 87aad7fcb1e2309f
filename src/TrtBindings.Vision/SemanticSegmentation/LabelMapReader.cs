using System.Numerics;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>
/// Reads class maps that the graph has computed. The class of a pixel is that of the nearest point, because classes cannot be
/// interpolated.
/// </summary>
/// <param name="gridWidth">Width of the output.</param>
/// <param name="start">Index of the image's first value.</param>
/// <param name="window">The part of the output that the image covers.</param>
/// <param name="isCorner">
/// Whether the point is at floor(i * source / target), as in torch's <c>nearest</c>, and not at floor((i + 0.5) * source /
/// target), with half-pixel centres.
/// </param>
internal readonly struct LabelMapReader(int gridWidth, int start, PixelRegion window, bool isCorner)
{
    /// <summary>Writes the class of every pixel of a map.</summary>
    /// <param name="output">The model's output.</param>
    /// <param name="map">Takes the classes, row after row.</param>
    /// <param name="width">Width of the map.</param>
    /// <param name="height">Height of the map.</param>
    /// <exception cref="TensorException">A class outside 0 to 255.</exception>
    public void Read(TensorBuffer output, Span<byte> map, int width, int height)
    {
        switch (output)
        {
            case OutputTensor<long> tensor: Copy(tensor, tensor.Span, map, width, height); break;
            case OutputTensor<int> tensor: Copy(tensor, tensor.Span, map, width, height); break;
            case OutputTensor<byte> tensor: Copy(tensor, tensor.Span, map, width, height); break;
            case OutputTensor<sbyte> tensor: Copy(tensor, tensor.Span, map, width, height); break;
            case OutputTensor<short> tensor: Copy(tensor, tensor.Span, map, width, height); break;
            case OutputTensor<ushort> tensor: Copy(tensor, tensor.Span, map, width, height); break;
            // A bool is one byte, 0 or 1.
            case OutputTensor<bool> tensor: Copy(tensor, MemoryMarshal.AsBytes(tensor.Span), map, width, height); break;
            default: throw ModelError.Of(output, $"must hold whole numbers; it is '{output.Description}'.");
        }
    }

    /// <summary>The error about a class that a map cannot hold.</summary>
    public static TensorException Problem(string output, long value) =>
        ModelError.Of(output, $"holds class {value}, but a class map takes 0 to 255.");

    private void Copy<T>(TensorBuffer output, ReadOnlySpan<T> values, Span<byte> map, int width, int height)
        where T : unmanaged, IBinaryInteger<T>
    {
        var scale = window.Width / (float)width;
        for (var y = 0; y < height; y++)
        {
            var first = start + ((window.Top + Nearest(y, window.Height, height)) * gridWidth) + window.Left;
            var row = values.Slice(first, window.Width);
            var line = map.Slice(y * width, width);
            // The nearest column without a division for each pixel: (2 * x + 1) * columns is column * 2 * width + rest.
            var (column, rest) = (0, (long)row.Length);
            for (var x = 0; x < line.Length; x++, rest += 2L * row.Length)
            {
                for (; rest >= 2L * width; rest -= 2L * width) column++;
                var value = long.CreateTruncating(row[isCorner ? Corner(x, scale, row.Length) : column]);
                if ((ulong)value > byte.MaxValue)
                    throw Problem(output.Name, value);
                line[x] = (byte)value;
            }
        }
    }

    private int Nearest(int position, int source, int target) => isCorner ? Corner(position, source / (float)target, source)
        : (int)(((2L * position) + 1) * source / (2L * target));

    /// <summary>In single precision, as torch computes it.</summary>
    private static int Corner(int position, float scale, int source) => Math.Min((int)(position * scale), source - 1);
}
