using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Yolo;

public sealed class EngineTests
{
    private static readonly ImageMemory Tall = Photos.Noise(1, 810, 1080);

    [Fact]
    public void A_dense_pose_comes_back_in_pixels_of_the_picture()
    {
        float[] points = new float[51];
        (points[0], points[1], points[2]) = (100.5f, 200.25f, .8f);
        float[] column = [320, 320, 100, 50, .9f, .. points];
        var model = new SyntheticYolo(YoloForm.Dense, 56, 1, [SyntheticYolo.Dense(56, column)], labels: 1)
        {
            KeyPointCount = 17,
        };
        using var engine = YoloPoseEngine.Create(model);
        var found = engine.Detect(Tall.View).ShouldHaveSingleItem();
        Close(found.Box, 320.625, 497.8125, 489.375, 582.1875);
        (found.Score, found.ClassIndex, found.Label, found.KeyPoints.Length).ShouldBe((.9f, 0, Thing.Cup, 17));
        Close(found.KeyPoints.Span[0], 34.59375, 337.921875, .8f);
        // The origin of the input lies in the padding on the left.
        Close(found.KeyPoints.Span[16], 0, 0, 0);
        found.ToString().ShouldBe("Cup 0.90 [320.6 497.8 489.4 582.2] 17 points");
    }

    [Fact]
    public void Key_points_are_clipped_to_the_picture_each_for_itself()
    {
        float[] row = [0, 0, 640, 640, .9f, 0, 320, 320, 560, 640, 79, 10, 575, 320, 320, 644];
        var model = new SyntheticYolo(YoloForm.EndToEnd, 2, 16, [[.. row, .. new float[16]]])
        {
            KeyPointCount = 5,
            KeyPointValues = 2,
        };
        using var engine = YoloPoseEngine.Create(model);
        var points = engine.Detect(Tall.View).ShouldHaveSingleItem().KeyPoints.ToArray();
        (double X, double Y)[] expected = [(405, 540), (810, 1080), (0, 16.875), (810, 540), (405, 1080)];
        for (var i = 0; i < 5; i++) Close(points[i], expected[i].X, expected[i].Y, null);
    }

    [Fact]
    public void Each_axis_has_its_own_gain()
    {
        var wide = LetterboxGeometry.Fit(1280, 101, 640, 640).ToImage(320, 320);
        ((double)wide.X).ShouldBe(640, 1e-3);
        ((double)wide.Y).ShouldBe(50.5, 1e-3);
        var odd = LetterboxGeometry.Fit(479, 641, 640, 640).ToImage(320, 320);
        ((double)odd.X).ShouldBe(239.5, 1e-3);
        ((double)odd.Y).ShouldBe(320.5, 1e-3);
    }

    [Theory]
    [InlineData(YoloForm.Dense)]
    [InlineData(YoloForm.EndToEnd)]
    public void An_oriented_box_comes_back_with_its_angle_and_is_not_clipped(YoloForm form)
    {
        var output = form == YoloForm.Dense
            ? SyntheticYolo.Dense(10, [320, 320, 100, 50, 0, .8f, 0, 0, 0, .5f], [10, 10, 30, 20, .7f, 0, 0, 0, 0, 3f])
            : [320, 320, 100, 50, .8f, 1, .5f, 10, 10, 30, 20, .7f, 0, 3f];
        var model = new SyntheticYolo(form, form == YoloForm.Dense ? 10 : 2, form == YoloForm.Dense ? 2 : 7, [output]);
        using var engine = YoloObbEngine.Create(model);
        var found = engine.Detect(Tall.View);
        found.Count.ShouldBe(2);
        var box = found[0].Box;
        (found[0].Label, found[0].Score).ShouldBe((Thing.Plate, .8f));
        Close(box, 405, 540, 168.75, 84.375, .5);
        Close(box.Corners.First, 458.820, 617.475);
        Close(box.Corners.Second, 499.272, 543.429);
        Close(box.Corners.Third, 351.180, 462.525);
        Close(box.Corners.Fourth, 310.728, 536.571);
        found[1].Box.CentreX.ShouldBeLessThan(0);
        found[1].Box.Angle.ShouldBe(3f);
    }

    [Fact]
    public void An_end_to_end_detection_is_read_in_its_order_without_suppression()
    {
        float[] rows =
        [
            10, 20, 110, 220, .9f, 3, 10, 20, 110, 220, .8f, 1, 0, 0, 50, 50, .25f, 1, 300, 300, 350, 350, .26f, .9999f,
            0, 0, 0, 0, 0, 0,
        ];
        using var engine = YoloDetectEngine.Create(new SyntheticYolo(YoloForm.EndToEnd, 5, 6, [rows]));
        engine.Detect(Photos.Noise(1, 640, 640).View).Select(one => (one.Label, one.Score)).ShouldBe(
            [(Thing.Fork, .9f), (Thing.Plate, .8f), (Thing.Plate, .26f)]);
        using var few = YoloDetectEngine.Create(
            new SyntheticYolo(YoloForm.EndToEnd, 5, 6, [rows]), new() { MaxDetections = 1, Confidence = 0 });
        few.Detect(Tall.View).ShouldHaveSingleItem();
        using var all = YoloDetectEngine.Create(new SyntheticYolo(YoloForm.EndToEnd, 5, 6, [rows]), new() { Confidence = 0 });
        all.Detect(Tall.View).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(5f, "class 5")]
    [InlineData(-.6f, "class -1")]
    [InlineData(float.NaN, "class -1")]
    [InlineData(float.PositiveInfinity, "class 2147483647")]
    public void A_class_that_the_labels_do_not_have_is_a_typed_error(float stated, string expected)
    {
        using var engine = YoloDetectEngine.Create(new SyntheticYolo(YoloForm.EndToEnd, 1, 6, [[1, 1, 9, 9, .9f, stated]]));
        Should.Throw<TensorException>(() => engine.Detect(Tall.View)).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData(YoloForm.Dense, 8, 20, "4 classes, but the model has 5 labels")]
    [InlineData(YoloForm.Dense, 4, 20, "4 + classes rows")]
    [InlineData(YoloForm.Dense, 10, 20, "6 classes, but the model has 5 labels")]
    [InlineData(YoloForm.EndToEnd, 300, 7, "rows of 6 numbers")]
    public void Shapes_of_another_family_are_refused(YoloForm form, int rows, int columns, string expected)
    {
        var model = new SyntheticYolo(form, rows, columns, [new float[rows * columns]]);
        Should.Throw<TensorException>(() => YoloDetectEngine.Create(model)).Message.ShouldContain(expected);
    }

    [Fact]
    public void Wrong_pictures_and_batches_are_typed_errors_and_the_engine_stays_usable()
    {
        using var engine = YoloDetectEngine.Create(new SyntheticYolo(YoloForm.EndToEnd, 1, 6, [[1, 1, 9, 9, .9f, 4]]));
        Should.Throw<ImageException>(() => engine.Detect(default(ImageView)));
        Should.Throw<TensorException>(() => engine.Detect([])).Message.ShouldContain("1 image, not 0");
        Should.Throw<OperationCanceledException>(() => engine.Detect(Tall.View, new CancellationToken(true)));
        engine.Detect(Tall.View).ShouldHaveSingleItem().Label.ShouldBe(Thing.Knife);
    }

    private static void Close(Box box, double x1, double y1, double x2, double y2)
    {
        ((double)box.X1).ShouldBe(x1, 1e-3);
        ((double)box.Y1).ShouldBe(y1, 1e-3);
        ((double)box.X2).ShouldBe(x2, 1e-3);
        ((double)box.Y2).ShouldBe(y2, 1e-3);
    }

    private static void Close(OrientedBox box, double x, double y, double width, double height, double angle)
    {
        ((double)box.CentreX).ShouldBe(x, 1e-3);
        ((double)box.CentreY).ShouldBe(y, 1e-3);
        ((double)box.Width).ShouldBe(width, 1e-3);
        ((double)box.Height).ShouldBe(height, 1e-3);
        ((double)box.Angle).ShouldBe(angle, 1e-6);
    }

    private static void Close(DetectionKeyPoint point, double x, double y, float? confidence)
    {
        ((double)point.X).ShouldBe(x, 1e-3);
        ((double)point.Y).ShouldBe(y, 1e-3);
        point.Confidence.ShouldBe(confidence);
    }

    private static void Close(System.Numerics.Vector2 point, double x, double y)
    {
        ((double)point.X).ShouldBe(x, 2e-3);
        ((double)point.Y).ShouldBe(y, 2e-3);
    }
}
