namespace TrtBindings.Parity;

/// <summary>
/// Puts rows of an end-to-end head into the order of the reference. Rows of equal score stand in any order, and rounding decides
/// the order of nearly equal ones, so row by row says nothing. A row has to be in the other list, wherever, unless its score is
/// so near to the last one's that it may have been cut off there.
/// </summary>
internal static class RowMatcher
{
    /// <summary>Scores below it are rounded too coarsely in 16-bit floats to be told apart.</summary>
    private const float LeastScore = 1e-4f;

    /// <summary>Further apart than this share of the largest coordinate, two boxes are not of one find.</summary>
    private const double LeastWindow = 0.02;

    /// <summary>Finds the partner of each row of the reference.</summary>
    /// <param name="rows">Rows of each item.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="expected">The reference.</param>
    /// <param name="actual">What is compared.</param>
    /// <param name="kind">What the columns are.</param>
    /// <param name="tolerance">What rows may differ by.</param>
    /// <param name="end">The score at which lists end, if it is not that of their last row.</param>
    /// <returns>
    /// For each row of all items the place of its partner in the item; -1 where it has none. And the share of rows that must have
    /// one and do; <see langword="null"/> if there are none.
    /// </returns>
    public static (int[] Partners, double? Found) Match(int rows, int columns, ReadOnlySpan<float> expected,
        ReadOnlySpan<float> actual, RowKind kind, ParityTolerance tolerance, float? end = null)
    {
        var size = rows * columns;
        var partners = new int[size == 0 ? 0 : expected.Length / columns];
        Array.Fill(partners, -1);
        long found = 0, alone = 0;
        for (var item = 0; item * rows < partners.Length; item++)
        {
            var list = new Lists(expected.Slice(item * size, size), actual.Slice(item * size, size), columns, kind);
            var must = (end ?? list.Cut) * (1 + (4 * tolerance.Largest)) + LeastScore;
            var window = Math.Max(LeastWindow, 2 * tolerance.Largest) * list.LargestCoordinate;
            var open = Enumerable.Range(0, rows).ToList();
            var scores = new float[rows];
            for (var row = 0; row < rows; row++) scores[row] = list.ExpectedScore(row);
            foreach (var row in Enumerable.Range(0, rows).OrderByDescending(row => scores[row]))
            {
                if (!(scores[row] >= LeastScore)) continue;
                var near = list.Nearest(row, open, window);
                if (near < 0)
                {
                    if (scores[row] > must) alone++;
                    continue;
                }

                open.Remove(near);
                if (scores[row] > must) found++;
                partners[(item * rows) + row] = near;
            }

            // What is no number is nobody's partner, and stands alone.
            foreach (var other in open)
                if (!(list.ActualScore(other) <= must)) alone++;
        }

        return (partners, found + alone == 0 ? null : (double)found / (found + alone));
    }

    /// <summary>Both lists with partners in the places of the reference, and zeros in the other rows.</summary>
    /// <param name="partners">As <see cref="Match"/> gives them.</param>
    /// <param name="rows">Rows of each item.</param>
    /// <param name="columns">Numbers of a row, which may be others than those that partners were found by.</param>
    /// <param name="expected">The reference.</param>
    /// <param name="actual">What is compared.</param>
    public static (float[] Expected, float[] Actual) Pair(
        int[] partners, int rows, int columns, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var (left, right) = (new float[expected.Length], new float[expected.Length]);
        for (var row = 0; row < partners.Length; row++)
        {
            if (partners[row] < 0) continue;
            var start = row / rows * rows * columns;
            expected.Slice(row * columns, columns).CopyTo(left.AsSpan(row * columns));
            actual.Slice(start + (partners[row] * columns), columns).CopyTo(right.AsSpan(row * columns));
        }

        return (left, right);
    }

    /// <summary>The rows of one item.</summary>
    private readonly ref struct Lists(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int columns, RowKind kind)
    {
        private readonly ReadOnlySpan<float> _expected = expected;
        private readonly ReadOnlySpan<float> _actual = actual;

        /// <summary>The higher of the scores at which the two lists end.</summary>
        public float Cut
        {
            get
            {
                var (left, right) = (float.MaxValue, float.MaxValue);
                for (var row = 0; row < _expected.Length / columns; row++)
                {
                    left = Math.Min(left, Score(ExpectedRow(row)));
                    right = Math.Min(right, Score(ActualRow(row)));
                }

                return Math.Max(left, float.IsFinite(right) ? right : left);
            }
        }

        public float LargestCoordinate
        {
            get
            {
                var largest = 0f;
                for (var row = 0; row < _expected.Length / columns; row++)
                    foreach (var column in kind.Box) largest = Math.Max(largest, Math.Abs(ExpectedRow(row)[column]));
                return largest;
            }
        }

        public ReadOnlySpan<float> ExpectedRow(int row) => _expected.Slice(row * columns, columns);

        public ReadOnlySpan<float> ActualRow(int row) => _actual.Slice(row * columns, columns);

        public float ExpectedScore(int row) => Score(ExpectedRow(row));

        public float ActualScore(int row) => Score(ActualRow(row));

        /// <summary>The open row of the same class whose box is nearest; -1 if none is within the window.</summary>
        public int Nearest(int row, List<int> open, double window)
        {
            var (best, at) = (double.MaxValue, -1);
            foreach (var other in open)
            {
                var one = ExpectedRow(row);
                var two = ActualRow(other);
                if (Class(one) != Class(two)) continue;
                var apart = 0.0;
                foreach (var column in kind.Box) apart = Math.Max(apart, Math.Abs((double)one[column] - two[column]));
                if (!(apart <= window)) continue;
                // Of two boxes in one place the score tells which is meant.
                var cost = (apart / Math.Max(window, 1e-9)) + Math.Abs(Score(one) - Score(two));
                if (cost < best) (best, at) = (cost, other);
            }

            return at;
        }

        private float Score(ReadOnlySpan<float> row)
        {
            var score = row[kind.Scores[0]];
            foreach (var column in kind.Scores) score = Math.Max(score, row[column]);
            return score;
        }

        private float Class(ReadOnlySpan<float> row)
        {
            if (kind.Class >= 0) return row[kind.Class];
            var at = 0;
            for (var i = 1; i < kind.Scores.Count; i++)
                if (row[kind.Scores[i]] > row[kind.Scores[at]]) at = i;
            return at;
        }
    }
}
