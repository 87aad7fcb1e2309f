using System.Text.Json;

namespace TrtBindings.Vision.Tests.Ultralytics;

/// <summary>Compares finds with those of the reference; a text for each difference.</summary>
internal static class FindDifference
{
    private const float Score = 1e-4f;
    private const float Pixels = 0.02f;
    private const float Confidence = 0.25f;

    /// <summary>Class and order but for swaps of equal scores, score, box, key points and every pixel of a mask.</summary>
    /// <param name="found">The finds.</param>
    /// <param name="expected">Those of the reference.</param>
    /// <param name="maskPixels">Pixels that a mask may have more or less.</param>
    public static IEnumerable<string> Exact(Find[] found, Find[] expected, int maskPixels = 0)
    {
        if (found.Length != expected.Length) yield return $"{found.Length} finds, not {expected.Length}";
        var free = found.ToList();
        var last = float.PositiveInfinity;
        foreach (var one in expected)
        {
            var at = free.FindIndex(other => other.Class == one.Class
                && one.ScoreTo(other) <= Score && one.PixelsTo(other) <= Pixels
                && (one.ExpectedMask is null || MaskProblem(other.Mask, one.ExpectedMask.Value, maskPixels) is null));
            if (at < 0)
            {
                var near = free.Where(other => other.Class == one.Class).MinBy(one.PixelsTo);
                yield return $"no {one}; nearest {near}"
                    + (near is null || one.ExpectedMask is null ? ""
                        : $" {MaskProblem(near.Mask, one.ExpectedMask.Value, maskPixels)}");
                continue;
            }

            if (free[at].Score > last + Score) yield return $"{one} is out of order";
            last = free[at].Score;
            free.RemoveAt(at);
        }
    }

    /// <summary>
    /// Class, an overlap above 0.95 and a score within a tolerance; finds near the confidence may come or go. A picture that
    /// is decoded a level apart changes which of two near boxes suppresses the other, so a few may differ.
    /// </summary>
    public static IEnumerable<string> Close(Find[] found, Find[] expected, float score = 0.02f)
    {
        var free = found.ToList();
        foreach (var one in expected)
        {
            var at = free.FindIndex(other => other.Class == one.Class && Math.Abs(one.Score - other.Score) <= score
                && one.OverlapWith(other) > 0.95);
            if (at >= 0)
            {
                var area = one.ExpectedMask?.GetProperty("area").GetInt32();
                if (area is { } wanted && Math.Abs(free[at].Mask!.Area - wanted) > 20 + (0.05 * wanted))
                    yield return $"{one} has a mask of {free[at].Mask!.Area} pixels, not {wanted}";
                free.RemoveAt(at);
            }
            else if (one.Score > Confidence + score)
            {
                yield return $"no {one}; nearest {free.Where(other => other.Class == one.Class).MaxBy(one.OverlapWith)}";
            }
        }

        foreach (var other in free)
            if (other.Score > Confidence + score) yield return $"{other} is not in the reference";
    }

    private static string? MaskProblem(Mask? mask, JsonElement expected, int pixels)
    {
        if (mask is null) return "no mask";
        var area = expected.GetProperty("area").GetInt32();
        if (pixels > 0 && Math.Abs(mask.Area - area) is > 0 and var apart && apart <= pixels) return null;
        if (mask.Area != area) return $"mask of {mask.Area} pixels, not {area}";
        if (expected.TryGetProperty("rle", out var runs))
            return mask.ToCocoRunLengths().ToText() == runs.GetString() ? null : "mask of other pixels";
        var bands = expected.GetProperty("rows16").EnumerateArray().Select(band => band.GetInt32()).ToArray();
        return bands.SequenceEqual(Bands(mask)) ? null : "mask in other rows";
    }

    /// <summary>Pixels in 16 bands of rows, the first of which are a row larger.</summary>
    private static int[] Bands(Mask mask)
    {
        var (size, larger) = Math.DivRem(mask.FrameHeight, 16);
        var bands = new int[16];
        for (var y = mask.Y; y < mask.Y + mask.Height; y++)
        {
            var band = y < larger * (size + 1) ? y / (size + 1) : larger + ((y - (larger * (size + 1))) / size);
            for (var x = mask.X; x < mask.X + mask.Width; x++)
                if (mask[x, y]) bands[band]++;
        }

        return bands;
    }
}
