using System.Text.Json;
using System.Text.RegularExpressions;
using TrtBindings.Vision;

namespace TrtBindings.Generators.Tests;

/// <summary>One recorded run of a model: writes its inputs, and compares outputs with what it gave.</summary>
internal sealed partial class RecordedRun(JsonElement run)
{
    private static readonly float[] Mean = [.485f, .456f, .406f];
    private static readonly float[] Deviation = [.229f, .224f, .225f];

    /// <summary>Runs a model with the recorded inputs, and lists what differs.</summary>
    public List<string> Differences(IRunnableModel model)
    {
        var signature = model.Signature;
        using var inputs = model.CreateInputs([.. signature.InputDimensions.Select(one => SizeOf(signature, one))]);
        using var outputs = model.CreateOutputs([.. signature.OutputDimensions.Select(one => SizeOf(signature, one))]);
        foreach (var tensor in inputs.Tensors) Fill(tensor, run.GetProperty("inputs").GetProperty(tensor.Name));
        var differences = new List<string>();
        // Twice: into memory that the runtime makes, and into that of the outputs.
        for (var i = 0; i < 2; i++)
        {
            model.Run(inputs, outputs);
            foreach (var tensor in outputs.Tensors)
                Compare(tensor, run.GetProperty("outputs").GetProperty(tensor.Name), differences);
        }

        return differences;
    }

    /// <summary>The recorded picture as RGB bytes: the crop at the top left of a photograph.</summary>
    public static ImageMemory Picture(string how)
    {
        var photo = Pictures.Rgb(Shared.Require("exports/pics/sq320.png"));
        if (how.Contains("whole", StringComparison.Ordinal)) return photo;
        var size = CropText().Match(how);
        var (height, width) = (int.Parse(size.Groups[1].Value), int.Parse(size.Groups[2].Value));
        var pixels = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
            photo.Pixels.Slice(3 * y * photo.Width, 3 * width).CopyTo(pixels.AsSpan(3 * y * width));
        return new(pixels, width, height, PixelFormat.Rgb);
    }

    private long SizeOf(ModelSignature signature, DynamicDimension dimension) => run.GetProperty("inputs")
        .GetProperty(signature.Inputs[dimension.Input].Name).GetProperty("shape")[dimension.Axis].GetInt64();

    private static void Fill(TensorBuffer tensor, JsonElement input)
    {
        tensor.Lengths.ToArray().Select(length => (long)length)
            .ShouldBe(input.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64()), tensor.Name);
        var values = ValuesOf(input, (int)tensor.ElementCount);
        switch (tensor)
        {
            case InputTensor<float> to: Write(values, to.Span, value => (float)value); break;
            case InputTensor<double> to: Write(values, to.Span, value => value); break;
            case InputTensor<Half> to: Write(values, to.Span, value => (Half)value); break;
            case InputTensor<BFloat16> to: Write(values, to.Span, value => (BFloat16)(float)value); break;
            case InputTensor<byte> to: Write(values, to.Span, value => (byte)value); break;
            case InputTensor<sbyte> to: Write(values, to.Span, value => (sbyte)value); break;
            case InputTensor<short> to: Write(values, to.Span, value => (short)value); break;
            case InputTensor<ushort> to: Write(values, to.Span, value => (ushort)value); break;
            case InputTensor<int> to: Write(values, to.Span, value => (int)value); break;
            case InputTensor<long> to: Write(values, to.Span, value => (long)value); break;
            case InputTensor<bool> to: Write(values, to.Span, value => value > .5); break;
            default: throw new NotSupportedException($"{tensor.Description}");
        }
    }

    private static void Write<T>(double[] from, Span<T> to, Func<double, T> convert)
    {
        for (var i = 0; i < to.Length; i++) to[i] = convert(from[i]);
    }

    private static double[] ValuesOf(JsonElement input, int count)
    {
        if (input.TryGetProperty("data", out var data)) return [.. Flat(data)];
        var how = input.GetProperty("how").GetString()!;
        var type = input.GetProperty("dtype").GetString()!;
        if (!how.StartsWith("formula", StringComparison.Ordinal)) return PictureValues(how, count);
        // The fraction of i * 0.618..., and whole numbers as hundredths of it.
        var scale = type.Contains("int", StringComparison.Ordinal) ? 100 : 1;
        return [.. Enumerable.Range(0, count).Select(i => scale * (double)(float)(i * .61803398875 % 1))];
    }

    private static double[] PictureValues(string how, int count)
    {
        var picture = Picture(how);
        var pixels = picture.Pixels;
        var (plane, values) = (picture.Width * picture.Height, new double[count]);
        (3 * plane).ShouldBe(count);
        for (var i = 0; i < count; i++)
        {
            var (channel, at) = (i / plane, i % plane);
            values[i] = how.Contains("HWC", StringComparison.Ordinal) ? pixels[i]
                : how.Contains("ImageNet", StringComparison.Ordinal)
                    ? ((pixels[(3 * at) + channel] / 255f) - Mean[channel]) / Deviation[channel]
                    : pixels[(3 * at) + channel] / 255f;
        }

        return values;
    }

    private static void Compare(TensorBuffer tensor, JsonElement output, List<string> differences)
    {
        long[] shape = [.. tensor.Lengths.ToArray().Select(length => (long)length)];
        long[] expectedShape = [.. output.GetProperty("shape").EnumerateArray().Select(length => length.GetInt64())];
        if (!shape.SequenceEqual(expectedShape))
        {
            differences.Add($"{tensor.Name} is [{string.Join(", ", shape)}], not [{string.Join(", ", expectedShape)}]");
            return;
        }

        var values = Read(tensor);
        Number("min", values.DefaultIfEmpty().Min());
        Number("max", values.DefaultIfEmpty().Max());
        Number("sum_abs", values.Sum(Math.Abs));
        int[] at = [.. output.GetProperty("at").EnumerateArray().Select(index => index.GetInt32())];
        var expected = output.GetProperty("values").EnumerateArray().ToArray();
        for (var i = 0; i < at.Length; i++) Same($"[{at[i]}]", values[at[i]], expected[i].GetDouble());

        void Number(string name, double value)
        {
            if (output.TryGetProperty(name, out var said) && said.ValueKind == JsonValueKind.Number)
                Same(name, value, said.GetDouble());
        }

        void Same(string what, double value, double wanted)
        {
            if (!(Math.Abs(value - wanted) <= 1e-4 + (1e-3 * Math.Abs(wanted))))
                differences.Add($"{tensor.Name}{what} is {value}, not {wanted}");
        }
    }

    private static double[] Read(TensorBuffer tensor) => tensor switch
    {
        OutputTensor<float> from => Array.ConvertAll(from.Span.ToArray(), value => (double)value),
        OutputTensor<double> from => from.Span.ToArray(),
        OutputTensor<Half> from => Array.ConvertAll(from.Span.ToArray(), value => (double)value),
        OutputTensor<BFloat16> from => Array.ConvertAll(from.Span.ToArray(), value => (double)(float)value),
        OutputTensor<byte> from => Array.ConvertAll(from.Span.ToArray(), value => (double)value),
        OutputTensor<sbyte> from => Array.ConvertAll(from.Span.ToArray(), value => (double)value),
        OutputTensor<short> from => Array.ConvertAll(from.Span.ToArray(), value => (double)value),
        OutputTensor<ushort> from => Array.ConvertAll(from.Span.ToArray(), value => (double)value),
        OutputTensor<int> from => Array.ConvertAll(from.Span.ToArray(), value => (double)value),
        OutputTensor<long> from => Array.ConvertAll(from.Span.ToArray(), value => (double)value),
        OutputTensor<bool> from => Array.ConvertAll(from.Span.ToArray(), value => value ? 1.0 : 0),
        _ => throw new NotSupportedException($"{tensor.Description}"),
    };

    private static IEnumerable<double> Flat(JsonElement data) => data.ValueKind == JsonValueKind.Array
        ? data.EnumerateArray().SelectMany(Flat)
        : [data.ValueKind is JsonValueKind.True or JsonValueKind.False ? (data.GetBoolean() ? 1 : 0) : data.GetDouble()];

    [GeneratedRegex(@"(\d+)x(\d+)")]
    private static partial Regex CropText();
}
