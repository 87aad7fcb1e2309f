using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Results;

/// <summary>Run lengths and their compressed text, derived by hand from the rules of pycocotools' maskApi.</summary>
public sealed class CocoRunLengthsTests
{
    // The columns one after the other. The examples of maskApi.h: 0011101 is 2 3 1 1, and 1111110 is 0 6 1.
    [Theory]
    [InlineData("0011101", 7, "2 3 1 1")]
    [InlineData("1111110", 7, "0 6 1")]
    [InlineData("000000", 3, "6")]
    [InlineData("111111", 3, "0 6")]
    [InlineData("011110", 3, "1 4 1")]
    [InlineData("100001", 2, "0 1 4 1")]
    public void Runs_go_down_the_columns_and_begin_with_zeros(string columns, int height, string expected)
    {
        var mask = Masks.Of(columns.Length / height, height, (x, y) => columns[(x * height) + y] == '1');
        var runs = mask.ToCocoRunLengths();
        (runs.Width, runs.Height).ShouldBe((columns.Length / height, height));
        string.Join(' ', runs.Counts.ToArray()).ShouldBe(expected);
    }

    // A digit is 5 bits from the lowest on, plus 32 if more follow, plus 48; bit 4 of the last digit is the sign.
    [Theory]
    [InlineData("2 3 1 1", "231N")] // 1 - 3 = -2: 11110, sign set, no more: 30 + 48 = 'N'
    [InlineData("0 6 1", "061")]
    [InlineData("15", "?")] // 01111
    [InlineData("16", "`0")] // 10000 has the sign's bit, so a digit of 0 follows: 16 + 32 + 48, 48
    [InlineData("31", "o0")] // 11111 and 0: 31 + 32 + 48
    [InlineData("32", "P1")] // 00000 and 1: 0 + 32 + 48, 49
    [InlineData("1000", "Xo0")] // 1000 = 01000 + 32 * 31: 8 + 32 + 48; 31 has the sign's bit: 31 + 32 + 48; 48
    [InlineData("5 100 7 60", "5T37hN")] // 100: 4 + 32 + 48, 3; 60 - 100 = -40: 24 + 32 + 48, then -2: 30 + 48
    public void The_compressed_text_has_digits_of_5_bits(string counts, string expected)
    {
        int[] lengths = [.. counts.Split(' ').Select(int.Parse)];
        var runs = CocoRunLengths.Of(lengths, lengths.Sum(), 1);
        runs.ToText().ShouldBe(expected);
        CocoRunLengths.Parse(expected, lengths.Sum(), 1).Counts.ToArray().ShouldBe(lengths);
    }

    [Fact]
    public void A_mask_inside_a_larger_frame_counts_the_whole_frame()
    {
        // Columns 3 and 4 of a frame of 20 x 5, rows 1 and 2: 15 zeros before, one above each column.
        var mask = new Mask(20, 5, new(3, 1, 5, 3), [0b11, 0b10]);
        mask.ToCocoRunLengths().Counts.ToArray().ShouldBe([16, 1, 4, 2, 77]);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(0.98)]
    public void Masks_come_back_from_text(double share)
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var mask = Masks.Random(seed, 70, 50, share);
            var runs = mask.ToCocoRunLengths();
            runs.Counts.ToArray().Skip(1).ShouldAllBe(count => count > 0);
            runs.Counts.ToArray().Where((_, i) => i % 2 == 1).Sum().ShouldBe(mask.Area);
            var again = CocoRunLengths.Parse(runs.ToText(), 70, 50).ToMask();
            (again.FrameWidth, again.FrameHeight, again.Area).ShouldBe((70, 50, mask.Area));
            for (var y = 0; y < 50; y++)
                for (var x = 0; x < 70; x++) again[x, y].ShouldBe(mask[x, y]);
        }
    }

    [Fact]
    public void A_large_picture_comes_back_from_text()
    {
        var mask = Masks.Of(4000, 3000, (x, y) => ((x - 2000) * (x - 2000)) + ((y - 1500) * (y - 1500)) < 1_000_000);
        var again = CocoRunLengths.Parse(mask.ToCocoRunLengths().ToText(), 4000, 3000).ToMask();
        (again.X, again.Y, again.Width, again.Height, again.Area).ShouldBe((1001, 501, 1999, 1999, mask.Area));
    }

    [Theory]
    [InlineData("")]
    [InlineData("231")]
    [InlineData("231N ")]
    [InlineData("23P")]
    [InlineData("23\u00e9")]
    [InlineData("N")]
    [InlineData("oooooooooooooooo0")]
    public void Text_that_is_damaged_or_of_another_size_is_refused(string text) =>
        Should.Throw<FormatException>(() => CocoRunLengths.Parse(text, 1, 7));

    [Fact]
    public void Numbers_that_do_not_fill_the_frame_are_refused()
    {
        Should.Throw<FormatException>(() => CocoRunLengths.Of([1, 2], 2, 2)).Message.ShouldContain("2 x 2");
        Should.Throw<FormatException>(() => CocoRunLengths.Of([5, -1], 2, 2));
    }
}
