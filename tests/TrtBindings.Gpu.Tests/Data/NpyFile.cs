using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace TrtBindings.Gpu.Tests.Data;

/// <summary>An array as numpy writes it (.npy, little endian, C order).</summary>
/// <param name="Type">Numpy's type: <c>&lt;f4</c>, <c>&lt;i8</c>, <c>|b1</c>.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Bytes">The elements.</param>
internal sealed partial record NpyFile(string Type, long[] Shape, byte[] Bytes)
{
    private const int StartOfHeader = 10;

    /// <summary>Reads a file of version 1 of the format.</summary>
    public static NpyFile Read(string path)
    {
        var file = File.ReadAllBytes(path);
        if (file.Length < StartOfHeader || !file.AsSpan(1).StartsWith("NUMPY"u8))
            throw new InvalidDataException($"'{path}' is not an .npy file.");
        var length = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        var header = Encoding.ASCII.GetString(file, StartOfHeader, length);
        header.ShouldContain("'fortran_order': False");
        long[] shape = [.. Number().Matches(ShapeText().Match(header).Value)
            .Select(match => long.Parse(match.Value, CultureInfo.InvariantCulture))];
        return new(TypeText().Match(header).Groups["type"].Value, shape, file[(StartOfHeader + length)..]);
    }

    /// <summary>The elements as double, whatever they are.</summary>
    public double[] Values() => Type switch
    {
        "<f4" => [.. MemoryMarshal.Cast<byte, float>(Bytes).ToArray().Select(value => (double)value)],
        "<i8" => [.. MemoryMarshal.Cast<byte, long>(Bytes).ToArray().Select(value => (double)value)],
        "|b1" => [.. Bytes.Select(value => (double)value)],
        _ => throw new NotSupportedException($"No values of numpy type {Type}."),
    };

    [GeneratedRegex(@"'descr': '(?<type>[^']+)'")]
    private static partial Regex TypeText();

    [GeneratedRegex(@"'shape': \([^)]*\)")]
    private static partial Regex ShapeText();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
