using TrtBindings.Parity;
using TrtBindings.Tests.Models;

namespace TrtBindings.Tests.Parity;

/// <summary>What the comparison of one output sees, and what it lets pass.</summary>
public sealed class OutputComparisonTests
{
    private const int Anchors = 200;
    private const int Classes = 3;

    private static readonly nint[] Shape = [2, 4 + Classes, Anchors];

    private static readonly OutputLayout Dense = new(1,
        [new("boxes", [0, 1, 2, 3]), new("scores", [4, 5, 6], Floor: 0.05, Decides: 0.25)], IsBatched: true);

    private static readonly OutputLayout Unknown = new(1, [], IsBatched: true);

    public static TheoryData<string> Layouts => ["family", "unknown"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Equal_outputs_pass(string layout) =>
        Compare(layout, values => values).ShouldAllBe(one => one.Passed && one.Relative == 0);

    /// <summary>What Python's default of 8 bits does to a YOLO head: the cosine of all numbers stays above 0.998.</summary>
    [Theory]
    [MemberData(nameof(Layouts))]
    public void Scores_that_are_all_0_beside_boxes_of_640_are_refused(string layout)
    {
        var expected = Head();
        var actual = Change(expected, (value, channel, _) => channel >= 4 ? 0 : value);
        Cosine(expected, actual).ShouldBeGreaterThan(0.998);
        var failed = Compare(layout, _ => actual, ParityTolerance.Int8).Where(one => !one.Passed).ToArray();
        failed.ShouldNotBeEmpty();
        failed.ShouldAllBe(one => one.Part == "scores" || one.Part.StartsWith("channel"));
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void A_scale_of_1_02_is_refused_in_16_bits(string layout)
    {
        var failed = Compare(layout, values => Array.ConvertAll(values, value => (float)(Half)(value * 1.02f)),
            ParityTolerance.Float16).First(one => !one.Passed);
        failed.Problem.ShouldNotBeNull().ShouldContain("the factor to the reference is 1.0");
        failed.Gain.ShouldBe(1.02, 0.002);
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Rounding_to_16_bits_passes_as_such_and_not_as_32_bits(string layout)
    {
        static float[] Round(float[] values) => Array.ConvertAll(values, value => (float)(Half)value);
        Compare(layout, Round, ParityTolerance.Float16).ShouldAllBe(one => one.Passed);
        Compare("unknown", values => Array.ConvertAll(values, value => BFloat(value)), ParityTolerance.BFloat16)
            .ShouldAllBe(one => one.Passed);
        Compare("unknown", values => Array.ConvertAll(values, value => BFloat(value)), ParityTolerance.Float32)
            .ShouldContain(one => !one.Passed);

        static float BFloat(float value) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000);
    }

    [Fact]
    public void The_item_that_is_wrong_is_named()
    {
        var failed = Compare("family", values => Change(values, (value, channel, item) =>
            item == 1 && channel == 1 ? value + 20 : value)).Single(one => !one.Passed);
        (failed.Part, failed.BatchItem, failed.LargestAt[0], failed.LargestAt[1]).ShouldBe(("boxes", 1, 1, 1));
        failed.Largest.ShouldBe(20, 1e-3);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_no_number_is_refused_wherever_it_is(float broken)
    {
        var failed = Compare("unknown", values =>
        {
            values[^1] = broken;
            return values;
        }).Single();
        failed.Problem.ShouldBe(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"1 elements are no finite numbers, the first at [1, 6, 199]: {broken} instead of {Head()[^1]}"));
    }

    [Fact]
    public void Places_that_have_no_number_in_the_reference_either_pass()
    {
        var expected = Head();
        expected[3] = float.NaN;
        OutputComparison.Compare("y", "", Shape, expected, (float[])expected.Clone(), Unknown, ParityTolerance.Float32)
            .ShouldAllBe(one => one.Passed);
    }

    [Fact]
    public void A_reference_without_any_number_is_no_comparison()
    {
        var expected = new float[Head().Length];
        Array.Fill(expected, float.NaN);
        OutputComparison.Compare("y", "", Shape, expected, (float[])expected.Clone(), Unknown, ParityTolerance.Float32)
            .Single().Problem.ShouldNotBeNull().ShouldContain("nothing was compared");
    }

    [Fact]
    public void A_wrong_item_of_many_is_seen_in_a_map_of_classes()
    {
        using var left = Integers();
        using var right = Integers();
        var (expected, actual) = ((InputTensor<int>)left.Tensors[0], (InputTensor<int>)right.Tensors[0]);
        var layout = OutputLayout.Whole(isBatched: true);
        OutputComparison.Compare("", expected, actual, layout, ParityTolerance.Float16).ShouldAllBe(one => one.Passed);
        // A quarter of one item is less than a hundredth of all.
        for (var i = 0; i < 100; i++) actual.Span[(5 * 400) + i]++;
        var failed = OutputComparison.Compare("", expected, actual, layout, ParityTolerance.Float16).Single();
        failed.Problem.ShouldNotBeNull().ShouldContain("0.75 of the elements are equal");
        (failed.BatchItem, failed.LargestAt[0], failed.Elements).ShouldBe((5, 5, 400));
    }

    private static PlainTensors Integers()
    {
        var tensor = SampleSignature.Tensor(
            "y", ElementType.Int32, Dimension.Fixed(64), Dimension.Fixed(20), Dimension.Fixed(20));
        var set = PlainTensors.Inputs(new ModelSignature("m.onnx", new([tensor]), default), []);
        var values = ((InputTensor<int>)set.Tensors[0]).Span;
        for (var i = 0; i < values.Length; i++) values[i] = i % 7;
        return set;
    }

    [Fact]
    public void A_class_that_is_another_one_at_clear_finds_lowers_the_agreement()
    {
        var results = Compare("family", values => Change(values, (value, channel, _) => value), ParityTolerance.Float16);
        results.Single(one => one.Part == "scores").Agreement.ShouldBe(1);
        var expected = Head();
        var swapped = Head();
        for (var item = 0; item < 2; item++)
        {
            var start = item * 7 * Anchors;
            expected.AsSpan(start + (4 * Anchors), Anchors).CopyTo(swapped.AsSpan(start + (5 * Anchors)));
            expected.AsSpan(start + (5 * Anchors), Anchors).CopyTo(swapped.AsSpan(start + (4 * Anchors)));
        }

        OutputComparison.Compare("y", "", Shape, expected, swapped, Dense, ParityTolerance.Float16)
            .Single(one => one.Part == "scores").Agreement.ShouldNotBeNull().ShouldBeLessThan(0.9);
    }

    [Fact]
    public void Rows_of_an_end_to_end_head_may_stand_in_another_order_and_none_may_be_missing()
    {
        var layout = new OutputLayout(2, [new("boxes", [0, 1, 2, 3]), new("scores", [4], 0.05)], IsBatched: true)
        {
            Rows = new([0, 1, 2, 3], [4], 5),
        };
        var rows = Rows();
        nint[] shape = [1, 20, 6];
        var turned = rows.Chunk(6).Reverse().SelectMany(row => row).ToArray();
        var passed = OutputComparison.Compare("y", "", shape, rows, turned, layout, ParityTolerance.Float32);
        passed.ShouldAllBe(one => one.Passed);
        passed.Single(one => one.Part == "rows").Agreement.ShouldBe(1);

        var lacking = (float[])rows.Clone();
        for (var i = 0; i < 4; i++) lacking[(5 * 6) + i] = 0;
        OutputComparison.Compare("y", "", shape, rows, lacking, layout, ParityTolerance.Float16)
            .Single(one => !one.Passed).Part.ShouldBe("rows");
        var other = (float[])rows.Clone();
        other[(3 * 6) + 4] = float.NaN;
        OutputComparison.Compare("y", "", shape, rows, other, layout, ParityTolerance.Float16).ShouldContain(one => !one.Passed);
    }

    private static float[] Rows()
    {
        var rows = new float[20 * 6];
        for (var row = 0; row < 20; row++)
        {
            var (x, y) = (row * 30f, row % 5 * 100f);
            ((float[])[x, y, x + 50, y + 60, 0.95f - (row * 0.04f), row % 3]).CopyTo(rows, row * 6);
        }

        return rows;
    }

    private static List<OutputParity> Compare(string layout, Func<float[], float[]> change, ParityTolerance? tolerance = null) =>
        OutputComparison.Compare("y", "batch=2", Shape, Head(), change(Head()), layout == "family" ? Dense : Unknown,
            tolerance ?? ParityTolerance.Float32);

    /// <summary>Boxes in pixels and scores of which few are high.</summary>
    private static float[] Head() => Change(new float[2 * 7 * Anchors], (_, _, _) => 0, (channel, anchor, item) => channel < 4
        ? 20 + (float)((anchor * 37 + channel * 11 + item * 5) % 600)
        : (anchor + item) % (9 + channel) == 0 ? 0.6f + (0.001f * anchor) : 0.002f + (0.0001f * (anchor % 10)));

    private static float[] Change(float[] values, Func<float, int, int, float> of, Func<int, int, int, float>? fill = null)
    {
        var result = (float[])values.Clone();
        for (var i = 0; i < result.Length; i++)
        {
            var (item, channel, anchor) = (i / (7 * Anchors), i / Anchors % 7, i % Anchors);
            result[i] = fill is not null ? fill(channel, anchor, item) : of(result[i], channel, item);
        }

        return result;
    }

    private static double Cosine(float[] one, float[] two)
    {
        double product = 0, left = 0, right = 0;
        for (var i = 0; i < one.Length; i++)
        {
            product += (double)one[i] * two[i];
            left += (double)one[i] * one[i];
            right += (double)two[i] * two[i];
        }

        return product / Math.Sqrt(left * right);
    }
}
