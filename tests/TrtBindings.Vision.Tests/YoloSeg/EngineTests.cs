using System.Runtime.CompilerServices;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.YoloSeg;

public sealed class EngineTests
{
    [Theory]
    [InlineData(MaskSpace.Image)]
    [InlineData(MaskSpace.Model)]
    public void A_batch_of_different_images_gives_each_the_bits_that_it_gives_alone(MaskSpace space)
    {
        var heads = Enumerable.Range(0, 4).Select(seed => Head(seed)).ToArray();
        ImageMemory[] images = [Photo(1, 100, 80), Photo(2, 33, 57, PixelFormat.Bgra), Photo(3, 640, 480),
            Photo(4, 64, 64, PixelFormat.Gray)];
        var options = new YoloSegOptions { MaskSpace = space, Confidence = .1f };
        var batchModel = SyntheticYoloSeg.Of(heads);
        using var engine = YoloSegEngine.Create(batchModel, options);
        var together = engine.Detect(images);
        together.Count.ShouldBe(4);
        for (var i = 0; i < 4; i++)
        {
            var single = SyntheticYoloSeg.Of(heads[i]);
            using var alone = YoloSegEngine.Create(single, options);
            Equal(together[i], alone.Detect(images[i].View));
            batchModel.LastInput.AsSpan(i * 3 * 64 * 64, 3 * 64 * 64).SequenceEqual(single.LastInput).ShouldBeTrue();
            together[i].Count.ShouldBeGreaterThan(3);
        }
    }

    [Fact]
    public void A_fixed_batch_is_filled_up_with_grey_and_gives_what_was_asked_for()
    {
        var heads = Enumerable.Range(0, 4).Select(seed => Head(seed)).ToArray();
        var model = SyntheticYoloSeg.Of(heads);
        using var engine = YoloSegEngine.Create(model);
        engine.MaxBatch.ShouldBe(4);
        engine.Detect([Photo(1, 50, 50), Photo(2, 50, 50), Photo(3, 50, 50), Photo(4, 50, 50)]);
        engine.Detect([Photo(1, 50, 50), Photo(2, 20, 90)]).Count.ShouldBe(2);
        model.LastBatch.ShouldBe(4);
        model.LastInput.AsSpan(2 * 3 * 64 * 64).IndexOfAnyExcept(114 / 255f).ShouldBe(-1);
        model.LastInput.AsSpan(0, 3 * 64 * 64).IndexOfAnyExcept(114 / 255f).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public void A_batch_of_none_or_too_many_is_a_typed_error_and_the_engine_stays_usable()
    {
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(Head(1), Head(2)));
        Should.Throw<TensorException>(() => engine.Detect([])).Message.ShouldContain("1 to 2 images, not 0");
        Should.Throw<TensorException>(() => engine.Detect([Photo(1, 9, 9), Photo(1, 9, 9), Photo(1, 9, 9)]))
            .Message.ShouldContain("1 to 2 images, not 3");
        engine.Detect([Photo(1, 9, 9)]).Count.ShouldBe(1);
    }

    [Fact]
    public void A_bad_picture_is_a_typed_error_and_the_engine_stays_usable()
    {
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(Head(1)));
        var before = engine.Detect(Photo(1, 40, 30).View);
        Should.Throw<ImageException>(() => engine.Detect(default(ImageView)));
        Should.Throw<ImageException>(() => engine.Detect([default]));
        Should.Throw<ImageException>(() => engine.Detect(new ImageView(new byte[10], 100_000, 100_000, PixelFormat.Rgb)));
        Equal(engine.Detect(Photo(1, 40, 30).View), before);
    }

    [Fact]
    public void A_picture_of_1_by_10000_pixels_works()
    {
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(Head(1)));
        foreach (var found in engine.Detect(Photo(1, 10_000, 1).View))
        {
            found.Box.Y1.ShouldBeInRange(0, 1);
            found.Box.X2.ShouldBeInRange(0, 10_000);
            found.Mask!.FrameHeight.ShouldBe(1);
        }

        engine.Detect(Photo(1, 1, 10_000).View).ShouldNotBeNull();
    }

    [Fact]
    public void Boxes_come_back_in_pixels_of_the_image_and_labels_as_the_enum()
    {
        var head = SyntheticHead.Dense(5, 1, 4, 16, 16).PutEdges(0, 16, 24, 48, 40).Score(0, 2, .91f)
            .FillPrototypes(1).Coefficients(0, 1);
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(head));
        var found = engine.Detect(Photo(1, 128, 64).View).ShouldHaveSingleItem();
        (found.Label, found.ClassIndex, found.Box).ShouldBe((Thing.Spoon, 2, new Box(32, 16, 96, 48)));
        found.ToString().ShouldBe("Spoon 0.91 [32.0 16.0 96.0 48.0] 2048 px");
        (found with { Mask = null }).ToString().ShouldBe("Spoon 0.91 [32.0 16.0 96.0 48.0]");
    }

    [Fact]
    public void An_end_to_end_model_with_a_class_beyond_its_labels_is_a_typed_error()
    {
        var head = SyntheticHead.EndToEnd(3, 4, 16, 16).Row(0, 1, 1, 9, 9, .9f, 5);
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(head));
        Should.Throw<TensorException>(() => engine.Detect(Photo(1, 9, 9).View)).Message.ShouldContain("class 5");
        head.Row(0, 1, 1, 9, 9, .9f, float.NaN);
        Should.Throw<TensorException>(() => engine.Detect(Photo(1, 9, 9).View)).Message.ShouldContain("class -1");
        head.Row(0, 1, 1, 9, 9, .9f, 4).Coefficients(0, 1).FillPrototypes(1);
        engine.Detect(Photo(1, 9, 9).View).ShouldHaveSingleItem().Label.ShouldBe(Thing.Knife);
    }

    [Fact]
    public void A_cancelled_call_leaves_the_engine_usable()
    {
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(Head(1)));
        Should.Throw<OperationCanceledException>(() => engine.Detect(Photo(1, 9, 9).View, new CancellationToken(true)));
        engine.Detect(Photo(1, 9, 9).View).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_disposed_engine_says_so()
    {
        var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(Head(1)));
        engine.Dispose();
        engine.Dispose();
        Should.Throw<ObjectDisposedException>(() => engine.Detect(Photo(1, 9, 9).View));
    }

    [Fact]
    public void The_time_of_each_stage_is_told()
    {
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(Head(1)));
        engine.LastTimings.ShouldBe(default);
        engine.Detect(Photo(1, 300, 300).View);
        engine.LastTimings.Preprocess.ShouldBeGreaterThan(TimeSpan.Zero);
        engine.LastTimings.Postprocess.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void A_call_allocates_its_results_only()
    {
        using var engine = YoloSegEngine.Create(SyntheticYoloSeg.Of(Head(1)), new() { MaskSpace = MaskSpace.None });
        var photo = Photo(1, 300, 200);
        var found = engine.Detect(photo.View);
        for (var i = 0; i < 3; i++) engine.Detect(photo.View);
        var before = GC.GetAllocatedBytesForCurrentThread();
        engine.Detect(photo.View);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        found.Count.ShouldBeGreaterThan(3);
        // The list and its array.
        allocated.ShouldBeLessThanOrEqualTo(32 + 24 + (found.Count * Unsafe.SizeOf<InstanceDetection<Thing>>()));
    }

    [Fact]
    public void An_index_becomes_a_label_of_any_underlying_type()
    {
        ClassLabels.ValueOf<Small>(200).ShouldBe(Small.B);
        ClassLabels.ValueOf<Large>(3).ShouldBe(Large.B);
        ClassLabels.ValueOf<Thing>(1).ShouldBe(Thing.Plate);
    }

    private static SyntheticHead Head(int seed) => SyntheticHead.Random(seed, anchors: 60, side: 64, grid: 16);

    private static ImageMemory Photo(int seed, int width, int height, PixelFormat format = PixelFormat.Rgb)
    {
        var pixels = new byte[width * height * format.BytesPerPixel()];
        new Random(seed).NextBytes(pixels);
        return new(pixels, width, height, format);
    }

    private static void Equal(IReadOnlyList<InstanceDetection<Thing>> left, IReadOnlyList<InstanceDetection<Thing>> right)
    {
        left.Select(found => found with { Mask = null }).ShouldBe(right.Select(found => found with { Mask = null }));
        for (var i = 0; i < left.Count; i++) Same.Masks(left[i].Mask, right[i].Mask);
    }

    private enum Small : byte
    {
        B = 200,
    }

    private enum Large : long
    {
        B = 3,
    }
}
