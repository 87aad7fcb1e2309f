using System.Numerics;
using TrtBindings.ModelFiles.Families;

namespace TrtBindings.Parity;

/// <summary>
/// Inputs that are the same each time. An input that looks like a picture gets a drawn one for each item of the batch, with the
/// range of numbers that the family is prepared with: noise would tell little, because detectors find nothing in it.
/// </summary>
internal static unsafe class SeededInputs
{
    private const int Shapes = 12;
    private const uint Seed = 20_26;

    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ImageNetDeviation = [0.229f, 0.224f, 0.225f];

    /// <summary>Fills all inputs.</summary>
    public static void Fill(ModelDescription model, ModelSignature signature, IReadOnlyList<TensorBuffer> inputs)
    {
        var match = ParityFamily.Of(model, signature);
        for (var i = 0; i < inputs.Count; i++) Fill(inputs[i], match, (uint)i);
    }

    private static void Fill(TensorBuffer tensor, FamilyMatch? match, uint input)
    {
        var count = (int)tensor.ElementCount;
        switch (tensor.Description.ElementType)
        {
            case ElementType.Float:
                Floats(tensor, match, input, new((void*)tensor.Address, count));
                break;
            case ElementType.Float16:
                Numbers<Half>(tensor, match, input, value => (Half)value);
                break;
            case ElementType.Double:
                Numbers<double>(tensor, match, input, value => value);
                break;
            case ElementType.BFloat16:
                Numbers<ushort>(tensor, match, input, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16));
                break;
            case ElementType.UInt8 when IsPicture(tensor.Lengths, out _):
                Numbers<byte>(tensor, null, input, value => (byte)(value * 255));
                break;
            default:
                // 0 and 1 are valid as classes, tokens, masks and bools. Fills the low byte of each little-endian element.
                var bytes = (byte*)tensor.Address;
                var width = tensor.Description.ElementType.BitWidth() / 8;
                new Span<byte>(bytes, count * width).Clear();
                for (var k = 0; k < count; k++) bytes[k * width] = (byte)(Hash(input, (uint)k) & 1);
                break;
        }
    }

    private static void Numbers<T>(TensorBuffer tensor, FamilyMatch? match, uint input, Func<float, T> of)
        where T : unmanaged
    {
        var floats = new float[(int)tensor.ElementCount];
        Floats(tensor, match, input, floats);
        var numbers = new Span<T>((void*)tensor.Address, floats.Length);
        for (var i = 0; i < floats.Length; i++) numbers[i] = of(floats[i]);
    }

    private static void Floats(TensorBuffer tensor, FamilyMatch? match, uint input, Span<float> floats)
    {
        if (!IsPicture(tensor.Lengths, out var isLast))
        {
            for (var i = 0; i < floats.Length; i++) floats[i] = (2 * Share(input, (uint)i)) - 1;
            return;
        }

        var lengths = tensor.Lengths;
        var rank = lengths.Length;
        var channels = (int)(isLast ? lengths[rank - 1] : lengths[rank - 3]);
        var (height, width) = ((int)lengths[isLast ? rank - 3 : rank - 2], (int)lengths[isLast ? rank - 2 : rank - 1]);
        var pixels = channels * height * width;
        var picture = new float[pixels];
        for (var item = 0; pixels > 0 && item < floats.Length / pixels; item++)
        {
            Draw(picture, channels, height, width, input, (uint)item);
            var target = floats.Slice(item * pixels, pixels);
            for (var i = 0; i < pixels; i++)
            {
                var channel = i / (height * width);
                var value = Prepared(picture[i], match, channel);
                target[isLast ? (i % (height * width) * channels) + channel : i] = value;
            }
        }
    }

    /// <summary>A number from 0 to 1 as the family takes it.</summary>
    private static float Prepared(float value, FamilyMatch? match, int channel)
    {
        if (match?.Rule == ScrfdRule.Instance) return ((value * 255) - 127.5f) / 128;
        if (match?.Rule == ClassificationRule.Instance || match?.Rule == SemanticSegmentationRule.Instance)
            return (value - ImageNetMean[channel % 3]) / ImageNetDeviation[channel % 3];
        return match?.Form is "YoloX" or "YoloXDecoded" ? value * 255 : value;
    }

    private static bool IsPicture(ReadOnlySpan<nint> lengths, out bool isLast)
    {
        isLast = false;
        if (lengths.Length is not (3 or 4)) return false;
        if (lengths[^3] is 1 or 3 && lengths[^1] >= 8 && lengths[^2] >= 8) return true;
        isLast = lengths[^1] is 1 or 3 && lengths[^2] >= 8 && lengths[^3] >= 8;
        return isLast;
    }

    /// <summary>A slope of light with boxes and discs of plain colours, planes one after the other, from 0 to 1.</summary>
    private static void Draw(Span<float> planes, int channels, int height, int width, uint input, uint item)
    {
        var seed = Hash(Seed + input, item);
        for (var channel = 0; channel < channels; channel++)
        {
            var (low, high) = (0.2f + (0.3f * Share(seed, (uint)channel)), 0.5f + (0.4f * Share(seed, 10 + (uint)channel)));
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var at = ((float)y / height * 0.7f) + ((float)x / width * 0.3f);
                    planes[(((channel * height) + y) * width) + x] = low + ((high - low) * at);
                }
            }
        }

        for (uint shape = 0; shape < Shapes; shape++)
        {
            var of = 100 * (shape + 1);
            var (x, y) = (Share(seed, of) * width, Share(seed, of + 1) * height);
            var (wide, high) = ((0.05f + (0.2f * Share(seed, of + 2))) * width, (0.05f + (0.2f * Share(seed, of + 3))) * height);
            var isRound = (Hash(seed, of + 4) & 1) == 0;
            for (var row = Math.Max(0, (int)(y - high)); row < Math.Min(height, (int)(y + high)); row++)
            {
                for (var column = Math.Max(0, (int)(x - wide)); column < Math.Min(width, (int)(x + wide)); column++)
                {
                    var (across, down) = ((column - x) / wide, (row - y) / high);
                    if (isRound && (across * across) + (down * down) > 1) continue;
                    for (var channel = 0; channel < channels; channel++)
                        planes[(((channel * height) + row) * width) + column] = Share(seed, of + 5 + (uint)channel);
                }
            }
        }
    }

    private static float Share(uint seed, uint index) => (Hash(seed, index) >> 8) / (float)(1 << 24);

    /// <summary>The finalizer of MurmurHash3 over both.</summary>
    private static uint Hash(uint seed, uint index)
    {
        var hash = (seed * 0x9E3779B9) ^ BitOperations.RotateLeft(index * 0x85EBCA6B, 13);
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
