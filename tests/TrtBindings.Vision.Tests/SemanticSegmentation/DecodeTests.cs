using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.SemanticSegmentation;

public sealed class DecodeTests
{
    [Fact]
    public void Of_equal_logits_the_first_class_counts()
    {
        Decode([3, 3, 1], 3, 1, 1, 1, 1).ShouldBe(new byte[] { 0 });
        Decode([1, 3, 3], 3, 1, 1, 5, 4).ShouldAllBe(label => label == 1);
    }

    [Fact]
    public void Logits_are_resized_before_the_best_class_is_taken()
    {
        float[] logits = [1, -1, 0, 0];
        double[] expected = [1, .5, -.5, -1];
        for (var x = 0; x < 4; x++) ScalarClassMap.At(logits, 2, 1, 4, 1, x, 0).ShouldBe(expected[x]);
        Decode(logits, 2, 2, 1, 4, 1).ShouldBe(new byte[] { 0, 0, 1, 1 });
    }

    [Fact]
    public void A_constant_picture_gives_a_constant_map() =>
        Decode([.. Enumerable.Repeat(.1f, 12), .. Enumerable.Repeat(.3f, 12), .. Enumerable.Repeat(.2f, 12)], 3, 4, 3, 97, 55)
            .ShouldAllBe(label => label == 1);

    [Fact]
    public void A_ramp_of_three_classes_shows_the_middle_one_that_nearest_would_not()
    {
        // Class 0 is best on the left and class 2 on the right. Class 1 is second at both ends and best in the middle.
        float[] logits = [3, 0, 2, 2, 0, 3];
        Decode(logits, 3, 2, 1, 8, 1).ShouldBe(new byte[] { 0, 0, 0, 1, 1, 2, 2, 2 });
        Decode(logits, 3, 2, 1, 2, 1).ShouldBe(new byte[] { 0, 2 });
    }

    [Trait("Category", "Slow")]
    [Theory]
    [InlineData(2, 33, 21, 100, 64)]
    [InlineData(21, 65, 65, 520, 519)]
    [InlineData(19, 100, 80, 43, 37)]
    [InlineData(3, 1, 1, 7, 9)]
    [InlineData(5, 1, 40, 12, 13)]
    [InlineData(256, 9, 9, 40, 30)]
    [InlineData(1, 33, 21, 100, 64)]
    [InlineData(7, 50, 40, 50, 40)]
    public void Any_size_equals_the_plain_rule_in_double_precision(
        int classes, int gridWidth, int gridHeight, int width, int height)
    {
        foreach (var roughness in new[] { 1.0, 0.05 })
        {
            var logits = Logits(classes, gridWidth, gridHeight, roughness);
            var expected = ScalarClassMap.Of(logits, classes, gridWidth, gridHeight, width, height);
            var found = Decode(logits, classes, gridWidth, gridHeight, width, height);
            var equal = found.Zip(expected).Count(pair => pair.First == pair.Second);
            (equal / (double)found.Length).ShouldBeGreaterThanOrEqualTo(0.999);
        }
    }

    [Trait("Category", "Slow")]
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(21)]
    [InlineData(150)]
    [InlineData(256)]
    public void Every_pixel_equals_the_plain_rule_in_single_precision(int classes)
    {
        (int, int)[] grids = [(1, 1), (7, 1), (1, 7), (31, 5), (32, 9), (33, 21)];
        (int, int)[] maps = [(1, 1), (7, 9), (34, 21), (64, 48), (20, 31)];
        foreach (var (gridWidth, gridHeight) in grids)
        {
            foreach (var (width, height) in maps)
            {
                foreach (var (logits, threshold) in Numbers(classes, gridWidth, gridHeight))
                {
                    var found = Decode(logits, classes, gridWidth, gridHeight, width, height, threshold);
                    var expected = ScalarClassMap.Single(logits, classes, gridWidth, gridHeight, width, height, threshold);
                    found.AsSpan().SequenceEqual(expected).ShouldBeTrue($"{gridWidth} x {gridHeight} to {width} x {height}");
                }
            }
        }
    }

    [Fact]
    public void One_plane_is_its_class_above_the_threshold()
    {
        Decode([-1, 1], 1, 2, 1, 4, 1).ShouldBe(new byte[] { 0, 0, 1, 1 });
        Decode([0, 1], 1, 2, 1, 4, 1, .5f).ShouldBe(new byte[] { 0, 0, 1, 1 });
        Decode([0, 0], 1, 2, 1, 4, 1).ShouldBe(new byte[4]);
        Decode([0.1f, 0.2f], 1, 2, 1, 2, 1, .15f).ShouldBe(new byte[] { 0, 1 });
    }

    [Fact]
    public void What_was_decoded_before_does_not_change_a_result()
    {
        var decoder = new ClassMapDecoder();
        foreach (var (grid, size) in new[] { (40, 90), (10, 33), (64, 20), (10, 90) })
        {
            var logits = Logits(4, grid, grid, 1);
            var map = new byte[size * size];
            decoder.Decode(new(logits, 4, grid, grid), 0, map, size, size);
            map.ShouldBe(Decode(logits, 4, grid, grid, size, size));
        }
    }

    /// <summary>Smoothed noise. With a roughness of 1, every pixel is independent of its neighbours.</summary>
    private static float[] Logits(int classes, int width, int height, double roughness)
    {
        var random = new Random(classes + width);
        var logits = new float[classes * width * height];
        for (var label = 0; label < classes; label++)
        {
            var (x0, y0, phase) = (random.NextDouble(), random.NextDouble(), random.NextDouble() * 6);
            for (var i = 0; i < width * height; i++)
            {
                var wave = Math.Sin((i % width * x0 * 0.3) + (i / width * y0 * 0.3) + phase);
                logits[(label * width * height) + i] = (float)(wave + (roughness * (random.NextDouble() - 0.5)));
            }
        }

        return logits;
    }

    /// <summary>Noise, waves, many equal logits, and some NaN.</summary>
    private static IEnumerable<(float[] Logits, float Threshold)> Numbers(int classes, int width, int height)
    {
        var random = new Random(classes + width);
        var length = classes * width * height;
        yield return ([.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - .5f)], 0);
        yield return (Logits(classes, width, height, .05), 0);
        yield return ([.. Enumerable.Range(0, length).Select(_ => (float)random.Next(3))], 1);
        yield return ([.. Enumerable.Range(0, length).Select(_ => random.Next(9) == 0 ? float.NaN : random.NextSingle())], .5f);
    }

    private static byte[] Decode(
        float[] logits, int classes, int gridWidth, int gridHeight, int width, int height, float threshold = 0)
    {
        var map = new byte[width * height];
        new ClassMapDecoder().Decode(new(logits, classes, gridHeight, gridWidth), threshold, map, width, height);
        return map;
    }
}
