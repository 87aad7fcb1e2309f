using System.Numerics;
using System.Runtime.InteropServices;

namespace TrtBindings.Vision.SemanticSegmentation;

/// <summary>Reads class maps that the graph has computed.</summary>
internal static class LabelMapReader
{
    /// <summary>
    /// Writes the class of every pixel of a map: that of the nearest point, floor((i + 0.5) * source / target), with half-pixel
    /// centres. Classes cannot be interpolated.
    /// </summary>
    /// <param name="output">The model's output.</param>
    /// <param name="start">Index of the image's first value.</param>
    /// <param name="gridWidth">Width of the output.</param>
    /// <param name="gridHeight">Height of the output.</param>
    /// <param name="map">Takes the classes, row after row.</param>
    /// <param name="width">Width of the map.</param>
    /// <param name="height">Height of the map.</param>
    /// <exception cref="TensorException">A class outside 0 to 255.</exception>
    public static void Read(
        TensorBuffer output, int start, int gridWidth, int gridHeight, Span<byte> map, int width, int height)
    {
        var (grid, size) = ((gridWidth, gridHeight), (width, height));
        switch (output)
        {
            case OutputTensor<long> tensor: Copy(tensor, tensor.Span[start..], grid, map, size); break;
            case OutputTensor<int> tensor: Copy(tensor, tensor.Span[start..], grid, map, size); break;
            case OutputTensor<byte> tensor: Copy(tensor, tensor.Span[start..], grid, map, size); break;
            case OutputTensor<sbyte> tensor: Copy(tensor, tensor.Span[start..], grid, map, size); break;
            case OutputTensor<short> tensor: Copy(tensor, tensor.Span[start..], grid, map, size); break;
            case OutputTensor<ushort> tensor: Copy(tensor, tensor.Span[start..], grid, map, size); break;
            // A bool is one byte, 0 or 1.
            case OutputTensor<bool> tensor:
                Copy(tensor, MemoryMarshal.AsBytes(tensor.Span[start..]), grid, map, size);
                break;
            default: throw ModelError.Of(output, $"must hold whole numbers; it is '{output.Description}'.");
        }
    }

    private static void Copy<T>(
        TensorBuffer output, ReadOnlySpan<T> values, (int Width, int Height) grid, Span<byte> map, (int Width, int Height) size)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (gridWidth, width) = (grid.Width, size.Width);
        for (var y = 0; y < size.Height; y++)
        {
            var row = values.Slice(Nearest(y, grid.Height, size.Height) * gridWidth, gridWidth);
            var line = map.Slice(y * width, width);
            // The nearest column without a division for each pixel: (2 * x + 1) * gridWidth is column * 2 * width + rest.
            var (column, rest) = (0, (long)gridWidth);
            for (var x = 0; x < line.Length; x++, rest += 2L * gridWidth)
            {
                for (; rest >= 2L * width; rest -= 2L * width) column++;
                var value = long.CreateTruncating(row[column]);
                if ((ulong)value > byte.MaxValue)
                    throw ModelError.Of(output, $"holds class {value}, but a class map takes 0 to 255.");
                line[x] = (byte)value;
            }
        }
    }

    private static int Nearest(int position, int source, int target) => (int)(((2L * position) + 1) * source / (2L * target));
}
