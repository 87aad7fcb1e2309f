namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>The comparison itself, which needs no GPU: what is only another order holds, and what is not does not.</summary>
public sealed class RowSetsTests
{
    private static readonly float[][] Rows =
    [
        Row(10, 0.9f, 1), Row(200, 0.4f, 0), Row(300, 4e-4f, 2), Row(400, 4e-4f, 2), Row(500, 3.99e-4f, 0), Row(600, 1e-4f, 1),
        Row(610, 0, 1), Row(620, 0, 1),
    ];

    [Fact]
    public void Rows_of_equal_score_in_another_order_are_the_same_set()
    {
        var sets = Compare([Rows[0], Rows[1], Rows[4], Rows[3], Rows[2], Rows[5], Rows[7], Rows[6]]);
        (sets.Holds, sets.Alone, sets.Rows).ShouldBe((true, 0, 6), sets.ToString());
        sets.RowByRow.ShouldBe(200);
        sets.ToString().ShouldStartWith("6 rows: 0 in one list only, boxes 0 px");
    }

    [Fact]
    public void A_row_that_may_have_been_cut_off_may_be_in_one_list_only() =>
        Compare([.. Rows[..6], Row(700, 0, 2), Row(710, 1.9e-5f, 0)]).Holds.ShouldBeTrue();

    [Fact]
    public void Another_box_score_class_or_coefficient_is_a_difference()
    {
        float[][][] wrong =
        [
            With(2, Row(330, 4e-4f, 2)), With(1, Row(202, 0.4f, 0)), With(1, Row(200, 0.5f, 0)), With(0, Row(10, 0.9f, 2)),
            With(0, [.. Row(10, 0.9f, 1)[..6], 2]),
        ];
        foreach (var rows in wrong) Compare(rows).Holds.ShouldBeFalse();
        // An object found once more, where the other list has a row without a score.
        Compare([.. Rows[..6], Row(610, 0.9f, 1), Row(620, 0, 1)]).Alone.ShouldBe(1);
        Compare(wrong[0]).ToString().ShouldContain("2 in one list only (score up to 0.0004)");
    }

    private static RowSets Compare(float[][] found)
    {
        var sets = new RowSets(1, 0.25, 0.05);
        sets.Add(Rows, found);
        return sets;
    }

    private static float[][] With(int index, float[] row)
    {
        var rows = Rows.ToArray();
        rows[index] = row;
        return rows;
    }

    private static float[] Row(float left, float score, int label) => [left, 20, left + 50, 90, score, label, 1];
}
