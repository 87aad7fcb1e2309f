using System.Globalization;

namespace TrtBindings.Parity;

/// <summary>Measures floats against a reference, part by part and item by item.</summary>
internal static class TensorComparison
{
    /// <summary>A channel of an output whose parts are not known: the least range, as a share of that of the output.</summary>
    private const double ChannelFloor = 1e-3;

    /// <summary>The root of the mean square of numbers is far below their largest, where most are near 0.</summary>
    private const double RootOfFloor = 1.0 / 30;

    /// <summary>A factor is told of scores that reach a half.</summary>
    private const double LeastOfFloor = 10;

    /// <summary>Compares an output.</summary>
    /// <param name="output">ONNX name of the output.</param>
    /// <param name="size">The sizes of the run.</param>
    /// <param name="shape">The shape of both.</param>
    /// <param name="expected">The reference, row-major.</param>
    /// <param name="actual">What is compared with it.</param>
    /// <param name="layout">How the numbers belong together.</param>
    /// <param name="tolerance">What they may differ by.</param>
    /// <returns>A result for each part that is known; the worst channel if none is.</returns>
    public static List<OutputParity> Compare(string output, string size, ReadOnlySpan<nint> shape,
        ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, OutputLayout layout, ParityTolerance tolerance)
    {
        var (grid, sums) = Measure(shape, expected, actual, layout);
        var floor = 0.0;
        var parts = layout.Parts;
        var areKnown = parts.Count > 0;
        if (!areKnown)
        {
            foreach (var sum in sums) floor = Math.Max(floor, sum.Range);
            floor *= ChannelFloor;
            parts = [.. Enumerable.Range(0, grid.Channels).Select(channel => new OutputPart($"channel {channel}", [channel]))];
        }

        var worst = new List<OutputParity>();
        var worstExcess = -1.0;
        foreach (var part in parts)
        {
            var agreement = part.Decides is null ? null : Agreement(grid, expected, actual, part, tolerance, sums);
            var (result, excess) = Judge(output, size, shape, expected, actual, grid, sums,
                part with { Floor = Math.Max(part.Floor, floor) }, agreement, tolerance);
            if (areKnown) worst.Add(result);
            else if (excess > worstExcess) (worst, worstExcess) = ([result], excess);
        }

        return worst;
    }

    /// <summary>The index of an element in each dimension.</summary>
    public static long[] PlaceOf(ReadOnlySpan<nint> shape, long index)
    {
        var place = new long[shape.Length];
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (shape[axis] == 0) continue;
            place[axis] = index % shape[axis];
            index /= shape[axis];
        }

        return place;
    }

    private static (ItemGrid Grid, ItemSums[] Sums) Measure(
        ReadOnlySpan<nint> shape, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, OutputLayout layout)
    {
        var grid = ItemGrid.Of(shape, layout);
        var sums = new ItemSums[grid.Items * grid.Channels];
        var periods = new double[grid.Channels];
        foreach (var part in layout.Parts)
            foreach (var channel in part.Channels) periods[channel] = part.Period;
        var index = 0;
        for (var outer = 0; outer < grid.Outer; outer++)
        {
            var row = outer / grid.OuterOfItem * grid.Channels;
            for (var channel = 0; channel < grid.Channels; channel++)
            {
                ref var sum = ref sums[row + channel];
                var period = periods[channel];
                for (var i = 0; i < grid.Inner; i++, index++)
                {
                    var value = actual[index];
                    if (period > 0 && float.IsFinite(value))
                        value = (float)(expected[index] + Math.IEEERemainder((double)value - expected[index], period));
                    sum.Add(expected[index], value, index);
                }
            }
        }

        return (grid, sums);
    }

    private static (OutputParity Result, double Excess) Judge(string output, string size, ReadOnlySpan<nint> shape,
        ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, ItemGrid grid, ItemSums[] sums, OutputPart part,
        double? agreement, ParityTolerance tolerance)
    {
        var items = new ItemSums[grid.Items];
        for (var item = 0; item < grid.Items; item++)
            foreach (var channel in part.Channels) items[item].Add(sums[(item * grid.Channels) + channel]);
        var range = Math.Max(part.Floor, items.Max(item => item.Range));
        OutputParity? worst = null;
        var worstExcess = -1.0;
        for (var i = 0; i < items.Length; i++)
        {
            ref var sum = ref items[i];
            var least = sum.Count * Math.Pow(part.Floor * RootOfFloor, 2);
            var length = Math.Max(sum.Reference, least);
            // Lengths of nothing have no angle and no factor.
            var isEmpty = sum.Reference <= least || sum.Reference == 0;
            var relative = length > 0 ? Math.Sqrt(sum.Squares / length) : sum.Squares > 0 ? double.PositiveInfinity : 0;
            var cosine = isEmpty ? 1 : sum.Actual == 0 ? 0 : sum.Products / Math.Sqrt(sum.Reference * sum.Actual);
            var result = new OutputParity
            {
                Output = output,
                Part = part.Name,
                Size = size,
                Elements = sum.Count,
                Range = range,
                Largest = sum.Largest,
                LargestAt = PlaceOf(shape, sum.LargestAt),
                Expected = expected.IsEmpty ? 0 : expected[(int)sum.LargestAt],
                Actual = actual.IsEmpty ? 0 : actual[(int)sum.LargestAt],
                Mean = sum.Count == 0 ? 0 : sum.Differences / sum.Count,
                Relative = relative,
                // Low scores are far from 1 by the exponential of their rounding, all in one direction.
                Gain = isEmpty || range < LeastOfFloor * part.Floor ? 1 : sum.Products / sum.Reference,
                Cosine = Math.Clamp(cosine, -1, 1),
                Agreement = agreement,
                BatchItem = grid.Items > 1 ? i : null,
            };
            var (problem, excess) = sum.Broken > 0
                ? (Broken(shape, expected, actual, sum), double.PositiveInfinity)
                : Problem(result, tolerance);
            if (worst is not null && excess <= worstExcess) continue;
            worst = sum.Broken == 0 ? result with { Problem = problem } : result with
            {
                Problem = problem,
                LargestAt = PlaceOf(shape, sum.BrokenAt),
                Expected = expected[(int)sum.BrokenAt],
                Actual = actual[(int)sum.BrokenAt],
            };
            worstExcess = excess;
        }

        return (worst ?? new() { Output = output, Part = part.Name, Size = size }, worstExcess);
    }

    /// <summary>What is beyond the tolerance, and by which factor the worst figure reaches it.</summary>
    private static (string? Problem, double Excess) Problem(OutputParity found, ParityTolerance tolerance)
    {
        (string Name, double Value, double Most, string Text)[] figures =
        [
            ("the largest difference", found.LargestShare, tolerance.Largest, Text(
                $"{found.Largest:G4}, {found.LargestShare:G3} of the range {found.Range:G4}, ")
                + Text($"at [{string.Join(", ", found.LargestAt)}] ({found.Actual:G6} instead of {found.Expected:G6})")),
            ("the factor to the reference", Math.Abs(found.Gain - 1), tolerance.Gain, Text($"{found.Gain:0.#####}")),
            ("the relative difference", found.Relative, tolerance.Relative, Text($"{found.Relative:G3}")),
            ("the cosine", 1 - found.Cosine, 1 - tolerance.Cosine, Text($"{found.Cosine:0.######}")),
            ("the agreement", 1 - (found.Agreement ?? 1), 1 - tolerance.Agreement, Text($"{found.Agreement:0.####}")),
        ];
        var excess = 0.0;
        string? problem = null;
        foreach (var (name, value, most, text) in figures)
        {
            // The room of rounding itself, where a tolerance is 0.
            var ratio = value <= most ? value / Math.Max(most, double.Epsilon) : Math.Max(value / Math.Max(most, 1e-12), 1.0001);
            if (ratio > 1 && ratio > excess)
            {
                var bar = name is "the cosine" or "the agreement" ? Text($"at least {1 - most:0.######}") : Text($"{most:G3}");
                problem = $"{name} is {text}, and the tolerance is {bar}";
            }

            excess = Math.Max(excess, ratio);
        }

        return (problem, excess);
    }

    private static string Broken(ReadOnlySpan<nint> shape, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, ItemSums sum)
    {
        var index = (int)sum.BrokenAt;
        var kind = float.IsFinite(actual[index]) ? "numbers" : "no finite numbers";
        return Text($"{sum.Broken} elements are {kind}, the first at ")
            + Text($"[{string.Join(", ", PlaceOf(shape, index))}]: {actual[index]} instead of {expected[index]}");
    }

    /// <summary>The share of places at which the same channel is the largest, where the reference decides clearly.</summary>
    private static double? Agreement(ItemGrid grid, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, OutputPart part,
        ParityTolerance tolerance, ItemSums[] sums)
    {
        if (part.Channels.Count < 2) return null;
        var range = 0.0;
        for (var i = 0; i < sums.Length; i++)
            if (part.Channels.Contains(i % grid.Channels)) range = Math.Max(range, sums[i].Range);
        var margin = 2 * tolerance.Largest * range;
        long clear = 0, same = 0;
        for (var outer = 0; outer < grid.Outer; outer++)
        {
            for (var inner = 0; inner < grid.Inner; inner++)
            {
                var (best, second, at) = (float.NegativeInfinity, float.NegativeInfinity, -1);
                var (actualBest, actualAt) = (float.NegativeInfinity, -1);
                foreach (var channel in part.Channels)
                {
                    var index = ((((outer * grid.Channels) + channel) * grid.Inner) + inner);
                    if (expected[index] > best) (best, second, at) = (expected[index], best, channel);
                    else if (expected[index] > second) second = expected[index];
                    if (actual[index] > actualBest) (actualBest, actualAt) = (actual[index], channel);
                }

                if (!(best >= part.Decides) || best - second <= margin) continue;
                clear++;
                if (at == actualAt) same++;
            }
        }

        return clear == 0 ? null : (double)same / clear;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A shape as items, channels and the elements within one.</summary>
    private readonly record struct ItemGrid(int Items, int Outer, int OuterOfItem, int Channels, int Inner)
    {
        public static ItemGrid Of(ReadOnlySpan<nint> shape, OutputLayout layout)
        {
            nint all = 1;
            foreach (var length in shape) all *= length;
            var items = layout.IsBatched && shape.Length > 0 ? shape[0] : 1;
            if (all == 0) return new(1, 0, 1, layout.Parts.Count == 0 ? 1 : layout.Parts.Max(part => part.Channels.Max()) + 1, 0);
            if (layout.Axis < 0) return new((int)items, (int)items, 1, 1, (int)(all / items));
            nint outer = 1;
            for (var axis = 0; axis < layout.Axis; axis++) outer *= shape[axis];
            var channels = shape[layout.Axis];
            return new((int)items, (int)outer, (int)(outer / items), (int)channels, (int)(all / outer / channels));
        }
    }
}
