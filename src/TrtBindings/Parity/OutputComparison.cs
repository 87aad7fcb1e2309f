using System.Globalization;

namespace TrtBindings.Parity;

/// <summary>Compares one output of a run with that of the reference.</summary>
internal static class OutputComparison
{
    /// <summary>The part that tells how many rows of an end-to-end head are in both lists.</summary>
    public const string RowsPart = "rows";

    /// <summary>Compares it.</summary>
    /// <param name="size">The sizes of the run.</param>
    /// <param name="expected">The reference's output, in host memory.</param>
    /// <param name="actual">The same output of the model, in host memory.</param>
    /// <param name="layout">How its numbers belong together.</param>
    /// <param name="tolerance">What they may differ by.</param>
    public static List<OutputParity> Compare(
        string size, TensorBuffer expected, TensorBuffer actual, OutputLayout layout, ParityTolerance tolerance)
    {
        var name = expected.Name;
        var (type, other) = (ElementNumbers.TypeOf(expected), ElementNumbers.TypeOf(actual));
        if (!expected.Lengths.SequenceEqual(actual.Lengths))
        {
            return [Wrong($"its shape is [{TensorBuffer.Join(actual.Lengths)}] instead of "
                + $"[{TensorBuffer.Join(expected.Lengths)}]")];
        }

        var areFloats = ElementNumbers.AreFloats(type);
        if (areFloats != ElementNumbers.AreFloats(other) || (!areFloats && type != other))
            return [Wrong($"its elements are {other.OnnxName()} instead of {type.OnnxName()}")];
        if (areFloats)
        {
            return Compare(
                name, size, expected.Lengths, ElementNumbers.Floats(expected), ElementNumbers.Floats(actual), layout, tolerance);
        }

        return type.BitWidth() >= 8 ? [Integers(size, expected, actual, type, layout, tolerance)]
            : [Wrong($"its elements are {type.OnnxName()}, which are not compared")];

        OutputParity Wrong(string problem) => new() { Output = name, Size = size, Problem = problem };
    }

    /// <summary>Compares floats; rows of an end-to-end head are matched first.</summary>
    public static List<OutputParity> Compare(string output, string size, ReadOnlySpan<nint> shape,
        ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, OutputLayout layout, ParityTolerance tolerance)
    {
        if (!expected.IsEmpty && !ElementNumbers.HasNumbers(expected))
        {
            return
            [
                new()
                {
                    Output = output, Size = size, Problem = "the reference has no finite number in it, so nothing was compared. "
                        + "Give inputs that it has an answer to in TensorRtOptions.Parity.Samples",
                },
            ];
        }

        if (layout.Rows is not { } kind || shape.Length < 2)
            return TensorComparison.Compare(output, size, shape, expected, actual, layout, tolerance);
        var (rows, columns) = ((int)shape[^2], (int)shape[^1]);
        var (partners, found) = RowMatcher.Match(rows, columns, expected, actual, kind, tolerance);
        var (left, right) = RowMatcher.Pair(partners, rows, columns, expected, actual);
        return
        [
            .. TensorComparison.Compare(output, size, shape, left, right, layout, tolerance),
            Rows(output, size, partners, found, tolerance),
        ];
    }

    /// <summary>The share of rows that are in both lists, as a result.</summary>
    public static OutputParity Rows(string output, string size, int[] partners, double? found, ParityTolerance tolerance) => new()
    {
        Output = output, Part = RowsPart, Size = size, Elements = partners.Count(row => row >= 0), Agreement = found,
        Problem = found >= tolerance.Agreement || found is null ? null : string.Create(CultureInfo.InvariantCulture,
            $"{found:0.####} of the rows are in both lists, and the tolerance is at least {tolerance.Agreement:0.####}"),
    };

    private static OutputParity Integers(string size, TensorBuffer expected, TensorBuffer actual, ElementType type,
        OutputLayout layout, ParityTolerance tolerance)
    {
        var count = expected.ElementCount;
        var items = layout.IsBatched && expected.Rank > 0 ? (long)expected.Lengths[0] : 1;
        // One wrong item of many hides among the others. Of an item with few elements one says too little by itself.
        if (count == 0 || count / items * (1 - tolerance.Agreement) < 1) items = 1;
        var own = (int)(count / items);
        var worst = Integers(size, expected, actual, type, 0, own, tolerance);
        for (var item = 1; item < items; item++)
        {
            var one = Integers(size, expected, actual, type, item * own, own, tolerance);
            if (one.Agreement < worst.Agreement) worst = one;
        }

        return worst;
    }

    private static OutputParity Integers(string size, TensorBuffer expected, TensorBuffer actual, ElementType type,
        int start, int count, ParityTolerance tolerance)
    {
        var left = ElementNumbers.Bytes(expected);
        var right = ElementNumbers.Bytes(actual);
        var width = type.BitWidth() / 8;
        long same = 0, first = -1;
        double range = 0, largest = 0, sum = 0;
        for (var i = start; i < start + count; i++)
        {
            var one = left.Slice(i * width, width);
            var two = right.Slice(i * width, width);
            var value = ElementNumbers.Integer(one, type);
            range = Math.Max(range, Math.Abs(value));
            if (one.SequenceEqual(two))
            {
                same++;
                continue;
            }

            if (first < 0) first = i;
            var difference = Math.Abs(ElementNumbers.Integer(two, type) - value);
            sum += difference;
            largest = Math.Max(largest, difference);
        }

        var share = count == 0 ? 1 : (double)same / count;
        var result = new OutputParity
        {
            Output = expected.Name, Size = size, Elements = count, Range = range, Largest = largest,
            Mean = count == 0 ? 0 : sum / count, Agreement = share,
        };
        if (first < 0) return result;
        var at = (int)first * width;
        result = result with
        {
            LargestAt = TensorComparison.PlaceOf(expected.Lengths, first),
            Expected = ElementNumbers.Integer(left[at..], type),
            Actual = ElementNumbers.Integer(right[at..], type),
            BatchItem = expected.Rank > 1 && expected.Lengths[0] > 1
                ? (int)(first / (expected.ElementCount / expected.Lengths[0])) : null,
        };
        return share >= tolerance.Agreement ? result : result with
        {
            Problem = string.Create(CultureInfo.InvariantCulture,
                $"{share:0.####} of the elements are equal, and the tolerance is at least {tolerance.Agreement:0.####}; ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"the first other one is at [{string.Join(", ", result.LargestAt)}], {result.Actual} ")
                + string.Create(CultureInfo.InvariantCulture, $"instead of {result.Expected}"),
        };
    }
}
