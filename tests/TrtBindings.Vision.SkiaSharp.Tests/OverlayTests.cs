using SkiaSharp;
using static TrtBindings.Vision.Tests.OverlayPictures;

namespace TrtBindings.Vision.Tests;

public sealed class OverlayTests
{
    private static readonly SKColor First = new OverlayOptions().Colors[0];

    private enum Thing
    {
        Background,
        Cup,
        Plate,
    }

    [Fact]
    public void A_mask_is_tinted_and_outlined_and_the_rest_and_the_picture_stay()
    {
        using var picture = Plain(200, 200, new(100, 100, 100));
        using var drawing = Overlay.Draw(picture, [Cup(Square(200, 200, 90, 130))], new() { Labels = false, Scores = false });
        picture.GetPixelSpan().ToArray().Where((_, i) => i % 4 < 3).ShouldAllBe(value => value == 100);
        drawing.GetPixel(85, 85).ShouldBe(new(100, 100, 100));
        drawing.GetPixel(170, 170).ShouldBe(new(100, 100, 100));
        Near(drawing.GetPixel(110, 110), Mixed(First, new(100, 100, 100), 0.4)).ShouldBeTrue();
        // A line of one pixel lies half on each side of the mask's edge and of the box's.
        drawing.GetPixel(90, 110).Red.ShouldBeGreaterThan(drawing.GetPixel(110, 110).Red);
        drawing.GetPixel(80, 110).Red.ShouldBeGreaterThan((byte)130);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void Lines_and_labels_can_be_told_from_any_background(byte gray)
    {
        var background = new SKColor(gray, gray, gray);
        foreach (var color in (SKColor[])[.. new OverlayOptions().Colors, SKColors.Black, SKColors.White, background])
        {
            using var picture = Plain(720, 720, background);
            using var drawing = Overlay.Draw(picture, [Cup(null)], new() { Colors = [color] });
            // Along a row through the box's left edge: the line, or the dark edge on either side of it.
            Enumerable.Range(70, 20).Max(x => Contrast.Ratio(drawing.GetPixel(x, 110), background))
                .ShouldBeGreaterThan(1.4, $"{color}");
            // The letters on their plate.
            var plate = Enumerable.Range(80, 60).Select(x => drawing.GetPixel(x, 70)).ToArray();
            plate.Max(pixel => Contrast.Ratio(pixel, color)).ShouldBeGreaterThan(3, $"{color}");
        }
    }

    [Fact]
    public void Text_can_be_read_on_every_colour() => new OverlayOptions().Colors.ShouldAllBe(
        color => Contrast.Ratio(color, Contrast.InkOn(color)) > 4);

    [Fact]
    public void Lines_and_letters_grow_with_the_picture()
    {
        foreach (var scale in new[] { 1, 4 })
        {
            using var picture = Plain(720 * scale, 720 * scale, SKColors.Black);
            using var drawing = Overlay.Draw(
                picture, [new Detection<Thing>(Thing.Cup, 0, .9f, new(80 * scale, 80 * scale, 300 * scale, 300 * scale))]);
            Enumerable.Range(70 * scale, 20 * scale).Count(x => drawing.GetPixel(x, 200 * scale) == First)
                .ShouldBeInRange((2 * scale) - 1, (3 * scale) + 1);
            var plate = Enumerable.Range(20 * scale, 61 * scale).Count(y => drawing.GetPixel(82 * scale, y) == First);
            plate.ShouldBeInRange(20 * scale, 32 * scale);
        }
    }

    [Fact]
    public void A_label_names_class_score_and_number_as_asked_for()
    {
        using var picture = Plain(300, 300, SKColors.Black);
        int Width(OverlayOptions options)
        {
            using var drawing = Overlay.Draw(picture, [Cup(null)], options with { Boxes = false });
            return Enumerable.Range(0, 300).Count(x => Enumerable.Range(0, 300).Any(y => drawing.GetPixel(x, y) == First));
        }

        Width(new() { Labels = false, Scores = false }).ShouldBe(0);
        var (label, both) = (Width(new() { Scores = false }), Width(new()));
        label.ShouldBePositive();
        both.ShouldBeGreaterThan(label);
        Width(new() { Numbers = true }).ShouldBeGreaterThan(both);
        Width(new() { TextHeight = 14 }).ShouldBeGreaterThan(both);
    }

    [Fact]
    public void Colours_go_by_instance_or_by_class()
    {
        using var picture = Plain(300, 300, SKColors.Black);
        Detection<Thing>[] found =
        [
            new(Thing.Plate, 2, .9f, new(10, 50, 90, 290)), new(Thing.Plate, 2, .9f, new(110, 50, 190, 290)),
            new(Thing.Cup, 1, .9f, new(210, 50, 290, 290)),
        ];
        SKColor[] Colors(OverlayColoring coloring)
        {
            using var drawing = Overlay.Draw(picture, found, new() { Coloring = coloring, LineWidth = 6 });
            return [.. found.Select(one => drawing.GetPixel((int)one.Box.X1, 200))];
        }

        var colors = new OverlayOptions().Colors;
        Colors(OverlayColoring.Instance).ShouldBe([colors[0], colors[1], colors[2]]);
        Colors(OverlayColoring.Class).ShouldBe([colors[2], colors[2], colors[1]]);
    }

    [Fact]
    public void A_turned_box_is_drawn_along_its_sides()
    {
        // A square on its corner: (150, 90), (210, 150), (150, 210), (90, 150).
        var side = 60 * MathF.Sqrt(2);
        var one = new YoloOrientedDetection<Thing>(Thing.Cup, 1, .9f, new(150, 150, side, side, MathF.PI / 4));
        using var picture = Plain(300, 300, SKColors.White);
        using var drawing = Overlay.Draw(picture, [one], new() { Labels = false, Scores = false });
        foreach (var (x, y) in new[] { (180, 120), (180, 180), (120, 180), (120, 120) })
            drawing.GetPixel(x, y).ShouldNotBe(SKColors.White);
        foreach (var (x, y) in new[] { (209, 91), (209, 209), (91, 209), (150, 150) })
            drawing.GetPixel(x, y).ShouldBe(SKColors.White);
    }

    [Fact]
    public void Key_points_are_discs_joined_in_their_order_unless_a_skeleton_says_otherwise()
    {
        var pose = Pose(new(60, 60, 1), new(240, 60, 1), new(240, 240, 1));
        var options = new OverlayOptions { Boxes = false, Labels = false, Scores = false };
        using var picture = Plain(300, 300, SKColors.White);
        using var chain = Overlay.Draw(picture, [pose], options);
        foreach (var point in pose.KeyPoints.ToArray()) chain.GetPixel((int)point.X, (int)point.Y).ShouldBe(First);
        Marks(chain).ShouldBe((true, true, false));
        using var own = Overlay.Draw(picture, [pose], options with { Skeleton = [(0, 2), (0, 9)] });
        Marks(own).ShouldBe((false, false, true));
        using var none = Overlay.Draw(picture, [pose], options with { Skeleton = [] });
        Marks(none).ShouldBe((false, false, false));

        static (bool, bool, bool) Marks(SKBitmap drawing) =>
            (drawing.GetPixel(150, 60) != SKColors.White, drawing.GetPixel(240, 150) != SKColors.White,
                drawing.GetPixel(150, 150) != SKColors.White);
    }

    [Fact]
    public void Seventeen_points_get_the_skeleton_of_COCO()
    {
        // Shoulders are points 5 and 6, hips 11 and 12; the nose is not joined to a shoulder.
        var points = Enumerable.Repeat(new DetectionKeyPoint(150, 20, 0), 17).ToArray();
        (points[5], points[6], points[11], points[12]) = (new(100, 100, 1), new(200, 100, 1), new(100, 200, 1), new(200, 200, 1));
        points[0] = new(150, 20, 1);
        using var picture = Plain(300, 300, SKColors.White);
        using var drawing = Overlay.Draw(picture, [Pose(points)], new() { Boxes = false, Labels = false, Scores = false });
        foreach (var (x, y) in new[] { (150, 100), (150, 200), (100, 150), (200, 150) })
            drawing.GetPixel(x, y).ShouldNotBe(SKColors.White);
        drawing.GetPixel(125, 60).ShouldBe(SKColors.White);
    }

    [Fact]
    public void Points_of_little_confidence_are_left_out_with_their_lines()
    {
        var pose = Pose(new(60, 60, 0.9f), new(240, 60, 0.2f), new(60, 240, null), new(float.NaN, 5, 1));
        using var picture = Plain(300, 300, SKColors.White);
        var options = new OverlayOptions { Boxes = false, Labels = false, Scores = false };
        using var drawing = Overlay.Draw(picture, [pose], options);
        (drawing.GetPixel(60, 60), drawing.GetPixel(60, 240)).ShouldBe((First, First));
        (drawing.GetPixel(240, 60), drawing.GetPixel(150, 60)).ShouldBe((SKColors.White, SKColors.White));
        using var all = Overlay.Draw(picture, [pose], options with { KeyPointConfidence = 0.1f });
        all.GetPixel(240, 60).ShouldBe(First);
    }

    [Fact]
    public void Points_of_a_face_have_the_colours_of_a_legend_in_a_free_corner()
    {
        var face = new FaceDetection(
            .9f, new(0, 0, 290, 190), new(new(80, 100), new(120, 100), new(100, 125), new(85, 150), new(115, 150)));
        using var picture = Plain(300, 300, SKColors.White);
        using var drawing = Overlay.Draw(picture, [face]);
        var points = Enumerable.Range(0, FaceKeyPoints.Count)
            .Select(i => drawing.GetPixel((int)face.KeyPoints!.Value[i].X, (int)face.KeyPoints!.Value[i].Y)).ToArray();
        points.ShouldBe(new OverlayOptions().Colors.Take(5));
        drawing.GetPixel(1, 299).ShouldNotBe(SKColors.White);
        foreach (var color in points)
            Enumerable.Range(200, 100).Any(y => drawing.GetPixel(8, y) == color).ShouldBeTrue($"{color}");
        using var bare = Overlay.Draw(picture, [face], new() { Legend = false });
        bare.GetPixel(1, 299).ShouldBe(SKColors.White);
        using var pointless = Overlay.Draw(picture, [face with { KeyPoints = null }]);
        pointless.GetPixel(1, 299).ShouldBe(SKColors.White);
    }

    [Fact]
    public void Classes_of_the_whole_picture_are_listed_in_a_corner()
    {
        using var picture = Plain(300, 300, SKColors.White);
        ClassificationResult<Thing>[] found = [new(Thing.Cup, 1, 0.9f), new(Thing.Plate, 2, 0.1f)];
        using var drawing = Overlay.Draw(picture, found);
        drawing.GetPixel(1, 1).ShouldNotBe(SKColors.White);
        foreach (var color in new OverlayOptions().Colors.Take(2))
            Enumerable.Range(0, 60).Any(y => drawing.GetPixel(8, y) == color).ShouldBeTrue();
        drawing.GetPixel(299, 299).ShouldBe(SKColors.White);
    }

    [Fact]
    public void A_mask_of_another_frame_is_refused_with_the_way_out()
    {
        using var picture = Plain(200, 200, SKColors.White);
        Should.Throw<ImageException>(() => Overlay.Draw(picture, [Cup(Square(100, 100, 10, 20))]))
            .Message.ShouldContain("MaskSpace.Image");
        Overlay.Draw(picture, [Cup(Square(100, 100, 10, 20))], new() { Masks = false }).Dispose();
    }

    [Fact]
    public void A_picture_of_one_pixel_and_boxes_outside_are_drawn_without_an_error()
    {
        using var pixel = Plain(1, 1, SKColors.White);
        using var drawing = Overlay.Draw<IDetection>(
            pixel, [Cup(Square(1, 1, 0, 1)), new Detection<Thing>(Thing.Cup, 1, .5f, new(-50, float.NaN, 1e9f, 9))]);
        drawing.Width.ShouldBe(1);
        using var empty = new SKBitmap();
        Should.Throw<ImageException>(() => Overlay.Draw(empty, [Cup(null)]));
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        using var picture = Plain(10, 10, SKColors.White);
        foreach (var (options, name) in new (OverlayOptions, string)[]
        {
            (new() { Colors = [] }, nameof(OverlayOptions.Colors)),
            (new() { MaskOpacity = 1.1f }, nameof(OverlayOptions.MaskOpacity)),
            (new() { LineWidth = 0 }, nameof(OverlayOptions.LineWidth)),
            (new() { TextHeight = -1 }, nameof(OverlayOptions.TextHeight)),
            (new() { KeyPointConfidence = float.NaN }, nameof(OverlayOptions.KeyPointConfidence)),
        })
            Should.Throw<ArgumentOutOfRangeException>(() => Overlay.Draw(picture, [Cup(null)], options))
                .Message.ShouldContain(name);
    }

    [Fact]
    public void A_transparent_picture_keeps_its_transparency()
    {
        using var picture = new SKBitmap(300, 300, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var drawing = Overlay.Draw(picture, [Cup(null)]);
        drawing.GetPixel(250, 250).Alpha.ShouldBe((byte)0);
    }

    private static InstanceDetection<Thing> Cup(Mask? mask) => new(Thing.Cup, 0, 0.9f, new(80, 80, 140, 140), mask);

    private static YoloPose<Thing> Pose(params DetectionKeyPoint[] points) =>
        new(Thing.Cup, 1, .9f, new(20, 20, 280, 280), points);
}
