using System.Globalization;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>
/// Rows of an end-to-end head as sets: left, top, right, bottom, score, class, then coefficients. Rows of equal score stand in
/// any order, and rounding decides the order of nearly equal ones, so a comparison row by row says nothing. Here a row has to be
/// in the other list, wherever, unless its score is so near to the last one's that it may have been cut off there.
/// </summary>
/// <param name="box">Pixels that a box's edge may differ by.</param>
/// <param name="odds">What the logarithm of a score's odds may differ by: about the relative difference of a small score.</param>
/// <param name="coefficient">What a coefficient may differ by, as part of the largest one.</param>
internal sealed class RowSets(double box, double odds, double coefficient)
{
    /// <summary>Edges, score and class.</summary>
    private const int FirstCoefficient = 6;

    /// <summary>Further apart, two rows are not of one anchor.</summary>
    private const double Window = 8;

    /// <summary>Scores below it are rounded too coarsely in 16-bit floats to be told apart.</summary>
    private const double LeastScore = 2e-5;

    private double _largestCoefficient;
    private double _coefficients;
    private double _highestAlone;

    /// <summary>Rows of the expected lists that had to be found.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows that had to be in both lists and are in one only.</summary>
    public int Alone { get; private set; }

    /// <summary>Rows in another place of the list.</summary>
    public int Moved { get; private set; }

    /// <summary>Largest difference of an edge in pixels, of rows that are in both lists.</summary>
    public double Box { get; private set; }

    /// <summary>Largest difference of the logarithm of a score's odds.</summary>
    public double Odds { get; private set; }

    /// <summary>Largest difference of an edge if the lists are compared row by row.</summary>
    public double RowByRow { get; private set; }

    private double Coefficients => _largestCoefficient == 0 ? 0 : _coefficients / _largestCoefficient;

    /// <summary>Whether the lists are the same sets.</summary>
    public bool Holds => Alone == 0 && IsNear;

    /// <summary>Whether rows that are in both lists are the same.</summary>
    public bool IsNear => Box <= box && Odds <= odds && Coefficients <= coefficient;

    /// <summary>The bar that <see cref="Holds"/> stands for.</summary>
    public string Bar => string.Create(CultureInfo.InvariantCulture,
        $"the same rows, boxes {box} px, log odds {odds}, coefficients {coefficient:0.####} of the largest");

    /// <summary>Compares the rows of one picture.</summary>
    public void Add(float[][] expected, float[][] found)
    {
        found.Length.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++) RowByRow = Math.Max(RowByRow, Apart(expected[i], found[i]));
        // What ends one list may be beyond the end of the other, by as much as scores may differ.
        var cut = Math.Max(LeastScore, Math.Max(expected.Min(row => row[4]), found.Min(row => row[4])));
        var must = LogOdds(cut) + odds;
        Rows += expected.Count(row => LogOdds(row[4]) > must);
        var open = Enumerable.Range(0, found.Length).ToList();
        for (var i = 0; i < expected.Length; i++)
        {
            var row = expected[i];
            var near = open.Where(other => found[other][5] == row[5] && Apart(row, found[other]) <= Window
                    && !IsOnlyOne(row[4], found[other][4]))
                .OrderBy(other => Math.Abs(row[4] - found[other][4])).ThenBy(other => Apart(row, found[other])).ToArray();
            if (near.Length == 0)
            {
                Leave(row, must);
                continue;
            }

            open.Remove(near[0]);
            if (near[0] != i) Moved++;
            Compare(row, found[near[0]]);
        }

        foreach (var other in open) Leave(found[other], must);
    }

    public override string ToString() => string.Join("", [
        Invariant($"{Rows} rows: {Alone} in one list only"),
        Alone == 0 ? "" : Invariant($" (score up to {_highestAlone:0.#######})"),
        Invariant($", boxes {Box:0.####} px, log odds {Odds:0.####}, coefficients {Coefficients:0.#####} of the largest; "),
        Invariant($"{Moved} in another place of their list, boxes row by row {RowByRow:0.##} px"),
    ]);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static double LogOdds(double score) => Math.Log(score) - Math.Log(1 - score);

    private static double Apart(float[] row, float[] other)
    {
        var apart = 0.0;
        for (var i = 0; i < 4; i++) apart = Math.Max(apart, Math.Abs((double)row[i] - other[i]));
        return apart;
    }

    /// <summary>One score says something and the other is rounding: not a pair, even in one place.</summary>
    private bool IsOnlyOne(float score, float other) => Math.Min(score, other) < LeastScore
        && LogOdds(Math.Max(score, other)) > LogOdds(LeastScore) + odds;

    private void Leave(float[] alone, double must)
    {
        if (LogOdds(alone[4]) <= must) return;
        Alone++;
        _highestAlone = Math.Max(_highestAlone, alone[4]);
    }

    private void Compare(float[] row, float[] other)
    {
        // Two scores that both may have been cut off are not compared: rounding is all that they are.
        if (Math.Min(row[4], other[4]) < LeastScore) return;
        Box = Math.Max(Box, Apart(row, other));
        Odds = Math.Max(Odds, Math.Abs(LogOdds(row[4]) - LogOdds(other[4])));
        for (var i = FirstCoefficient; i < row.Length; i++)
        {
            _largestCoefficient = Math.Max(_largestCoefficient, Math.Abs(row[i]));
            _coefficients = Math.Max(_coefficients, Math.Abs((double)row[i] - other[i]));
        }
    }
}
