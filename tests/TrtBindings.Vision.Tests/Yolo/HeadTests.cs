using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Yolo;

/// <summary>Heads with a row for each anchor: transposed, YOLOv5's and YOLOX's.</summary>
public sealed class HeadTests
{
    private static readonly ImageMemory Photo = Photos.Noise(1, 90, 64);

    [Theory]
    [InlineData(0.25f, false)]
    [InlineData(0.6f, true)]
    public void Rows_of_anchors_are_the_same_finds_as_columns(float confidence, bool multiLabel)
    {
        var dense = SyntheticHead.Random(7, anchors: 84, side: 64, grid: 16);
        var options = new YoloSegOptions { Confidence = confidence, MultiLabel = multiLabel };
        using var expected = YoloSegEngine.Create(SyntheticYoloSeg.Of(dense), options);
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(dense.ByRows(YoloForm.Transposed)), options);
        var finds = expected.Detect(Photo.View);
        finds.Count.ShouldBeGreaterThan(3);
        Same.Instances(engine.Detect(Photo.View), finds);
    }

    [Fact]
    public void An_objectness_is_a_factor_of_every_score()
    {
        var dense = SyntheticHead.Random(7, anchors: 84, side: 64, grid: 16);
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(dense.ByRows(YoloForm.YoloV5)), new() { Confidence = .2f });
        for (var i = 4 * 84; i < 9 * 84; i++) dense.Predictions[i] *= 0.5f;
        // YOLOv5 suppresses above 0.45.
        using var expected = YoloSegEngine.Create(SyntheticYoloSeg.Of(dense), new() { Confidence = .2f, Iou = .45f });
        var finds = expected.Detect(Photo.View);
        finds.Count.ShouldBeGreaterThan(3);
        Same.Instances(engine.Detect(Photo.View), finds);
    }

    [Fact]
    public void One_class_of_YOLOv5_is_a_centre_a_size_an_objectness_and_a_score()
    {
        // The second overlaps the first by 0.6, which only YOLOv5's threshold of 0.45 suppresses; the third is weak.
        float[] rows = [32, 32, 20, 20, .9f, .8f, 37, 32, 20, 20, .8f, .8f, 10, 10, 9, 9, .5f, .4f, 50, 50, 8, 8, .6f, .5f];
        using var engine = YoloDetectEngine.Create(new SyntheticYolo(YoloForm.YoloV5, 4, 6, [rows], side: 64, labels: 1));
        var found = engine.Detect(Photos.Noise(1, 64, 64).View);
        found.Select(one => (one.Label, one.Score, one.Box)).ShouldBe(
            [(Thing.Cup, .9f * .8f, new(22, 22, 42, 42)), (Thing.Cup, .6f * .5f, new(46, 46, 54, 54))]);
        using var loose = YoloDetectEngine.Create(
            new SyntheticYolo(YoloForm.YoloV5, 4, 6, [rows], side: 64, labels: 1), new() { Iou = .7f });
        loose.Detect(Photos.Noise(1, 64, 64).View).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void A_score_that_is_not_a_number_hides_no_other_score_of_its_row(int labels)
    {
        float[] row = [32, 32, 20, 10, float.NaN, .. Enumerable.Repeat(.1f, labels - 1), .9f];
        var model = new SyntheticYolo(YoloForm.Transposed, 1, row.Length, [row], side: 64, labels: labels + 1);
        using var engine = YoloDetectEngine.Create(model);
        engine.Detect(Photos.Noise(1, 64, 64).View).ShouldHaveSingleItem().ClassIndex.ShouldBe(labels);
    }

    [Fact]
    public void A_transposed_pose_keeps_its_points_and_a_transposed_oriented_box_its_angle()
    {
        var poses = new SyntheticYolo(
            YoloForm.Transposed, 2, 8, [[9, 9, 8, 8, .1f, 1, 2, 0, 32, 32, 20, 10, .9f, 30, 31, .5f]], side: 64, labels: 1);
        using var pose = YoloPoseEngine.Create(poses);
        var found = pose.Detect(Photos.Noise(1, 64, 64).View).ShouldHaveSingleItem();
        (found.Box, found.Score).ShouldBe((new(22, 27, 42, 37), .9f));
        found.KeyPoints.Span[0].ShouldBe(new(30, 31, .5f));
        var boxes = new SyntheticYolo(
            YoloForm.Transposed, 2, 6, [[9, 9, 8, 8, .1f, 3, 32, 32, 20, 10, .9f, .5f]], side: 64, labels: 1);
        using var obb = YoloObbEngine.Create(boxes);
        obb.Detect(Photos.Noise(1, 64, 64).View).ShouldHaveSingleItem().Box.ShouldBe(new(32, 32, 20, 10, .5f));
    }

    [Fact]
    public void YOLOX_counts_in_cells_of_its_grid()
    {
        // 64 cells of stride 8, 16 of stride 16, 4 of stride 32.
        var rows = new float[84][];
        for (var i = 0; i < rows.Length; i++) rows[i] = [0, 0, 0, 0, 0, 0, 0];
        rows[9] = [.25f, .5f, MathF.Log(2), MathF.Log(1.5f), .9f, .1f, .8f];
        rows[64 + 6] = [-.5f, 0, 0, 0, .8f, .7f, 0];
        rows[83] = [0, 0, MathF.Log(.5f), MathF.Log(.5f), .5f, 0, 1];
        var model = new SyntheticYolo(YoloForm.YoloX, 84, 7, [[.. rows.SelectMany(row => row)]], side: 64, labels: 2);
        using var engine = YoloDetectEngine.Create(model);
        var found = engine.Detect(Photos.Noise(1, 64, 64).View);
        found.Select(one => one.Label).ShouldBe([Thing.Plate, Thing.Cup, Thing.Plate]);
        found.Select(one => one.Score).ShouldBe([.9f * .8f, .8f * .7f, .5f]);
        Close(found[0].Box, 10 - 8, 12 - 6, 10 + 8, 12 + 6);
        Close(found[1].Box, 24 - 8, 16 - 8, 24 + 8, 16 + 8);
        Close(found[2].Box, 32 - 8, 32 - 8, 32 + 8, 32 + 8);
    }

    [Theory]
    [InlineData(YoloForm.YoloX)]
    [InlineData(YoloForm.YoloXDecoded)]
    public void YOLOX_takes_blue_green_red_in_0_to_255_at_the_top_left(YoloForm form)
    {
        var rows = new float[84 * 6];
        float[] first = form == YoloForm.YoloX ? [2, 1, MathF.Log(2), MathF.Log(2), 1, 1] : [16, 8, 16, 16, 1, 1];
        first.CopyTo(rows, 0);
        var model = new SyntheticYolo(form, 84, 6, [rows], side: 64, labels: 1);
        using var engine = YoloDetectEngine.Create(model);
        var pixels = new byte[128 * 50 * 3];
        for (var i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (10, 20, 30);
        var found = engine.Detect(new ImageView(pixels, 128, 50, PixelFormat.Rgb)).ShouldHaveSingleItem();
        // A scale of one half: 64 x 25 pixels, and 114 below.
        Close(found.Box, 16, 0, 48, 32);
        model.LastInput.Length.ShouldBe(3 * 64 * 64);
        for (var plane = 0; plane < 3; plane++)
        {
            model.LastInput.AsSpan(plane * 4096, 25 * 64).ToArray().ShouldAllBe(value => value == 30 - (10 * plane));
            model.LastInput.AsSpan((plane * 4096) + (25 * 64), 39 * 64).ToArray().ShouldAllBe(value => value == 114);
        }
    }

    [Fact]
    public void YOLOX_truncates_the_sides_and_goes_back_by_one_factor()
    {
        var geometry = LetterboxGeometry.FitTopLeft(101, 75, 64, 64);
        (geometry.ScaledWidth, geometry.ScaledHeight, geometry.Left, geometry.Top).ShouldBe((64, 47, 0, 0));
        var (x, y) = geometry.ToImage(32, 32);
        ((double)x).ShouldBe(32 / (64.0 / 101), 1e-4);
        ((double)y).ShouldBe(32 / (64.0 / 101), 1e-4);
    }

    [Fact]
    public void Rows_that_are_not_the_grid_of_YOLOX_are_refused()
    {
        using var engine = YoloDetectEngine.Create(
            new SyntheticYolo(YoloForm.YoloX, 83, 6, [new float[83 * 6]], side: 64, labels: 1));
        Should.Throw<TensorException>(() => engine.Detect(Photo.View)).Message.ShouldContain("a row for each cell");
    }

    [Theory]
    [InlineData(YoloForm.Transposed)]
    [InlineData(YoloForm.YoloV5)]
    [InlineData(YoloForm.YoloX)]
    public void A_warm_call_allocates_nothing(YoloForm form)
    {
        var random = new Random(5);
        float[] rows = [.. Enumerable.Range(0, 84 * 9).Select(_ => random.NextSingle())];
        var model = new SyntheticYolo(form, 84, 9, [rows], side: 64, labels: form == YoloForm.Transposed ? 5 : 4);
        using var engine = YoloDetectEngine.Create(model);
        var found = new List<Detection<Thing>>();
        engine.Detect(Photo.View, found);
        found.ShouldNotBeEmpty();
        Allocations.Of(() => engine.Detect(Photo.View, found)).ShouldBe(0);
    }

    [Fact]
    public void A_model_of_one_channel_gets_the_brightness_of_the_letterboxed_picture()
    {
        var model = new SyntheticYolo(
            YoloForm.EndToEnd, 1, 6, [[0, 16, 64, 48, .9f, 0]], side: 64, labels: 1, channels: 1);
        using var engine = YoloDetectEngine.Create(model);
        var pixels = new byte[128 * 64 * 3];
        for (var i = 0; i < pixels.Length; i += 3) (pixels[i], pixels[i + 1], pixels[i + 2]) = (200, 100, 50);
        var found = engine.Detect(new ImageView(pixels, 128, 64, PixelFormat.Rgb)).ShouldHaveSingleItem();
        Close(found.Box, 0, 0, 128, 64);
        model.LastInput.Length.ShouldBe(64 * 64);
        model.LastInput[..(16 * 64)].ShouldAllBe(value => value == 114 / 255f);
        // 0.299 * 200 + 0.587 * 100 + 0.114 * 50 is 124.2.
        model.LastInput[(16 * 64)..(48 * 64)].ShouldAllBe(value => value == 124 / 255f);
        model.LastInput[(48 * 64)..].ShouldAllBe(value => value == 114 / 255f);
    }

    private static void Close(Box box, double x1, double y1, double x2, double y2)
    {
        double[] values = [box.X1, box.Y1, box.X2, box.Y2];
        double[] wanted = [x1, y1, x2, y2];
        for (var i = 0; i < 4; i++) values[i].ShouldBe(wanted[i], 1e-3);
    }
}
