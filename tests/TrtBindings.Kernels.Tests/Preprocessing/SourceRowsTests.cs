using TrtBindings.Vision.Gpu.Preprocessing;

namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>Which rows of a picture a bilinear resize reads.</summary>
public sealed class SourceRowsTests
{
    [Theory]
    [InlineData(1080, 360, 360)]
    [InlineData(2160, 360, 720)]
    [InlineData(1440, 360, 720)]
    [InlineData(3024, 480, 960)]
    [InlineData(2592, 640, 1280)]
    [InlineData(1080, 360, 120, 120)]
    public void A_smaller_picture_needs_at_most_two_rows_for_each_row_of_its_own(
        int height, int scaled, int most, int? shown = null)
    {
        var rows = Rows(height, scaled, 0, shown ?? scaled).ShouldNotBeNull();
        rows.Sum(run => run.Rows * run.Count).ShouldBeInRange(shown ?? scaled, most + (most / 4));
        rows.Length.ShouldBeLessThanOrEqualTo(20);
    }

    [Theory]
    [InlineData(720, 360)]
    [InlineData(1000, 400)]
    [InlineData(360, 360)]
    [InlineData(200, 640)]
    [InlineData(1, 1)]
    [InlineData(1080, 360, 10)]
    public void Where_nearly_all_rows_are_read_or_the_picture_is_small_there_is_one_upload(
        int height, int scaled, int width = 1920) =>
        new SourceRows().Of(Frame(height, scaled, 0, scaled, width)).ShouldBeNull();

    [Fact]
    public void Every_row_with_a_weight_is_there_and_no_row_outside_of_the_picture()
    {
        var random = new Random(7);
        var less = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var (height, scaled) = (random.Next(1, 5000), random.Next(1, 1300));
            // A crop shows a part of the scaled picture.
            var top = random.Next(2) == 0 ? random.Next(0, 100) : -random.Next(0, scaled);
            var input = random.Next(1, 1400);
            if (Rows(height, scaled, top, input) is not { } rows) continue;
            less++;
            var there = new bool[height];
            foreach (var run in rows)
                for (var group = 0; group < run.Count; group++)
                    there.AsSpan(run.First + (group * run.Period), run.Rows).Fill(true);
            there.Count(one => one).ShouldBeLessThan(height * 3 / 4);
            for (var y = Math.Max(0, -top); y < Math.Min(scaled, input - top); y++)
            {
                LinearWeights.Of(y, LinearWeights.Step(height, scaled), out var index, out var first, out var second);
                if (first > 0) there[Math.Clamp(index, 0, height - 1)].ShouldBeTrue($"{height} to {scaled}, row {y}");
                if (second > 0) there[Math.Clamp(index + 1, 0, height - 1)].ShouldBeTrue($"{height} to {scaled}, row {y}");
            }
        }

        less.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void Sizes_that_were_seen_before_allocate_nothing()
    {
        var known = new SourceRows();
        GpuFrame[] frames = [.. Enumerable.Range(1, 16).Select(i => Frame(360 * i, 120, 0, 120))];
        for (var i = 0; i < 2; i++) foreach (var frame in frames) known.Of(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var frame in frames) known.Of(frame);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static RowRun[]? Rows(int height, int scaled, int top, int input) =>
        new SourceRows().Of(Frame(height, scaled, top, input));

    private static GpuFrame Frame(int height, int scaled, int top, int input, int width = 1920)
    {
        var frame = new GpuFrame
        {
            Width = width, Height = height, ScaledHeight = scaled, Top = top, InputHeight = input,
        };
        frame.Steps[1] = LinearWeights.Step(height, scaled);
        return frame;
    }
}
