using System.Globalization;

namespace TrtBindings.Vision.AnyFamily;

/// <summary>Compares class maps, pixel by pixel.</summary>
internal static class MapComparison
{
    /// <summary>Compares them. The worst picture counts.</summary>
    public static ResultParity Compare(ReadResults expected, ReadResults actual, ParityTolerance tolerance)
    {
        var (pixels, worst, at) = (0L, 1.0, 0);
        for (var i = 0; i < expected.Pictures.Count; i++)
        {
            var (left, right) = (expected.Pictures[i].ClassMap!, actual.Pictures[i].ClassMap!);
            pixels += left.Values.Length;
            var same = 0L;
            for (var p = 0; p < left.Values.Length; p++)
                if (left.Values[p] == right.Values[p]) same++;
            var share = left.Values.Length == 0 ? 1 : (double)same / left.Values.Length;
            if (share < worst) (worst, at) = (share, i);
        }

        return new("class map", pixels)
        {
            Agreement = worst, Picture = at,
            Problem = worst >= tolerance.Agreement ? null : Tell(expected, actual, at) + string.Create(
                CultureInfo.InvariantCulture,
                $"; {worst:0.####} of its pixels are the same, and the tolerance is at least {tolerance.Agreement:0.####}"),
        };
    }

    /// <summary>The change from one class to another that most pixels have.</summary>
    private static string Tell(ReadResults expected, ReadResults actual, int picture)
    {
        var (left, right) = (expected.Pictures[picture].ClassMap!, actual.Pictures[picture].ClassMap!);
        var changes = new Dictionary<(byte From, byte To), int>();
        for (var p = 0; p < left.Values.Length; p++)
        {
            var change = (left.Values[p], right.Values[p]);
            if (change.Item1 != change.Item2) changes[change] = changes.GetValueOrDefault(change) + 1;
        }

        var ((from, to), count) = changes.MaxBy(change => change.Value);
        return string.Create(CultureInfo.InvariantCulture,
            $"in picture {picture} {count} pixels are of {expected.ClassName(to)} instead of {expected.ClassName(from)}");
    }
}
