using System.Globalization;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// Results of the GPU against those of the CPU pipeline on the same outputs of a model: the same finds in the same order, boxes
/// and key points within 0.001 px, masks and class maps in all but one of 10,000 pixels.
/// </summary>
internal sealed class OutcomeComparison
{
    private const double MostPixels = 1e-3;
    private const double MostScore = 1e-5;
    private const double MostWrong = 1e-4;

    private readonly List<string> _problems = [];
    private double _box;
    private double _point;
    private double _score;
    private double _mask;
    private long _maskPixels;
    private int _pictures;

    /// <summary>Finds of the CPU.</summary>
    public int Finds { get; private set; }

    public bool Holds => _problems.Count == 0 && _box <= MostPixels && _point <= MostPixels && _score <= MostScore
        && _mask <= MostWrong;

    public static string Bar => "same finds in the same order, boxes and key points 0.001 px, masks 1 of 10,000 pixels";

    /// <summary>Compares the results of one picture.</summary>
    public void Add(IReadOnlyList<Outcome> expected, IReadOnlyList<Outcome> found, string what = "")
    {
        _pictures++;
        Finds += expected.Count;
        if (expected.Count != found.Count)
        {
            _problems.Add($"picture {_pictures} {what}: {found.Count} finds, {expected.Count} of the CPU");
            return;
        }

        for (var i = 0; i < expected.Count; i++)
        {
            if (Differ(expected[i], found[i]) is not { } problem) continue;
            _problems.Add($"picture {_pictures} {what}, find {i}: {problem}");
            return;
        }
    }

    public override string ToString()
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{_pictures} pictures, {Finds} finds: boxes {_box:0.#######} px, scores {_score:0.########}");
        if (_point > 0) text += string.Create(CultureInfo.InvariantCulture, $", key points {_point:0.#######} px");
        if (_maskPixels > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", masks {_mask * 10000:0.###} of 10,000 pixels at most");
        return _problems.Count == 0 ? text : $"{text}; {_problems.Count} pictures differ: {string.Join("; ", _problems.Take(3))}";
    }

    private string? Differ(Outcome expected, Outcome found)
    {
        if (expected.Class != found.Class) return $"class {found.Class} and not {expected.Class}";
        if (expected.Box.Length != found.Box.Length || expected.Points.Length != found.Points.Length)
            return "other numbers of a box or of key points";
        _score = Math.Max(_score, Math.Abs((double)expected.Score - found.Score));
        _box = Math.Max(_box, Worst(expected.Box, found.Box));
        _point = Math.Max(_point, Worst(expected.Points, found.Points));
        if ((expected.Mask is null) != (found.Mask is null) || (expected.Map is null) != (found.Map is null))
            return "one has a mask and the other not";
        if (expected.Map is { } map)
        {
            if (map.Length != found.Map!.Length) return "class maps of other sizes";
            Count(map.Zip(found.Map).LongCount(pair => pair.First != pair.Second), map.Length);
        }

        return expected.Mask is { } mask ? Masks(mask, found.Mask!) : null;
    }

    private string? Masks(Mask expected, Mask found)
    {
        if ((expected.FrameWidth, expected.FrameHeight) != (found.FrameWidth, found.FrameHeight)) return "masks of other frames";
        var (left, top) = (Math.Min(expected.X, found.X), Math.Min(expected.Y, found.Y));
        var right = Math.Max(expected.X + expected.Width, found.X + found.Width);
        var bottom = Math.Max(expected.Y + expected.Height, found.Y + found.Height);
        var wrong = 0L;
        if (AreSame(expected, found)) bottom = top;
        for (var y = top; y < bottom; y++)
            for (var x = left; x < right; x++)
                if (At(expected, x, y) != At(found, x, y)) wrong++;
        // One pixel of a small mask is more than one of 10,000: what counts is the frame that the mask lies in.
        Count(wrong, (long)expected.FrameWidth * expected.FrameHeight);
        return null;
    }

    /// <summary>Quickly, because nearly all masks are.</summary>
    private static bool AreSame(Mask expected, Mask found)
    {
        if ((expected.X, expected.Y, expected.Width, expected.Height) != (found.X, found.Y, found.Width, found.Height))
            return false;
        for (var row = 0; row < expected.Height; row++)
            if (!expected.RowBits(row).SequenceEqual(found.RowBits(row))) return false;
        return true;
    }

    private static bool At(Mask mask, int x, int y) =>
        x >= mask.X && y >= mask.Y && x < mask.X + mask.Width && y < mask.Y + mask.Height && mask[x, y];

    private void Count(long wrong, long pixels)
    {
        _maskPixels += pixels;
        _mask = Math.Max(_mask, wrong / (double)pixels);
    }

    /// <summary>NaN is like NaN, and unlike everything else.</summary>
    private static double Worst(float[] expected, float[] found)
    {
        var worst = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            if (expected[i].Equals(found[i])) continue;
            var apart = Math.Abs((double)expected[i] - found[i]);
            worst = double.IsNaN(apart) ? double.PositiveInfinity : Math.Max(worst, apart);
        }

        return worst;
    }
}
