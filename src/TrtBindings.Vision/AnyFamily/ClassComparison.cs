using System.Globalization;

namespace TrtBindings.Vision.AnyFamily;

/// <summary>Compares the best class of each picture.</summary>
internal static class ClassComparison
{
    /// <summary>Compares them: the class where the reference decides clearly, and its score.</summary>
    public static IReadOnlyList<ResultParity> Compare(ReadResults expected, ReadResults actual, ParityTolerance tolerance)
    {
        var (decided, same, largest) = (0, 0, 0.0);
        (int Picture, string Text)? problem = null;
        for (var i = 0; i < expected.Pictures.Count; i++)
        {
            var (left, right) = (expected.Pictures[i].Classes, actual.Pictures[i].Classes);
            if (left.Count == 0 || right.Count == 0) continue;
            var (one, two) = (left[0], right[0]);
            // Rounding may change which of two nearly equal classes is the best.
            var isClear = left.Count < 2 || one.Score - left[1].Score > 2 * tolerance.Score;
            var apart = Math.Abs(one.Score - two.Score);
            largest = Math.Max(largest, apart);
            if (isClear) decided++;
            if (isClear && one.ClassIndex == two.ClassIndex) same++;
            if (isClear && one.ClassIndex != two.ClassIndex)
                problem ??= (i, $"the best class of picture {i} is {two} instead of {one}");
            else if (apart > tolerance.Score) problem ??= (i, string.Create(CultureInfo.InvariantCulture,
                $"the best class of picture {i} is {two} instead of {one}: {apart:G3} of the score, and the tolerance is ")
                + string.Create(CultureInfo.InvariantCulture, $"{tolerance.Score:G3}"));
        }

        return
        [
            new("best class", expected.Pictures.Count)
            {
                Largest = largest, Agreement = decided == 0 ? null : (double)same / decided, Picture = problem?.Picture,
                Problem = problem?.Text,
            },
        ];
    }
}
