using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Scrfd;

public sealed class EngineTests
{
    private const int Width = 256;
    private const int Height = 128;
    private static readonly ScrfdOptions Sized = new() { InputWidth = Width, InputHeight = Height };

    [Theory]
    [InlineData(ScrfdForm.ThreeStrides)]
    [InlineData(ScrfdForm.ThreeStridesKeyPoints)]
    [InlineData(ScrfdForm.FiveStrides)]
    [InlineData(ScrfdForm.FiveStridesKeyPoints)]
    public void Every_form_gives_what_the_rules_give(ScrfdForm form)
    {
        foreach (var isBatched in new[] { true, false })
        {
            using var model = SyntheticScrfd.Load(form, isBatched);
            using var engine = ScrfdEngine.Create(model, Sized);
            var photo = BlobPhotos.Make(1, 300, 200);
            var found = engine.Detect(photo.View);
            var input = new float[3 * Width * Height];
            var scale = new ScrfdPipeline(Sized, Width, Height).Preprocess(photo.View, input).Scale;
            var levels = ScrfdLayout.Of(model, form, Sized).Grid.Levels;
            var expected = ScalarScrfd.Run(
                SyntheticScrfd.Bytes(form, isBatched), input, Width, Height, levels, scale, .5f, .4f);
            found.ShouldBe(expected);
            found.Count.ShouldBeGreaterThan(10);
            engine.HasKeyPoints.ShouldBe(form is ScrfdForm.ThreeStridesKeyPoints or ScrfdForm.FiveStridesKeyPoints);
            found.ShouldAllBe(face => face.KeyPoints.HasValue == engine.HasKeyPoints);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_batch_gives_each_image_what_it_gives_alone(int count)
    {
        using var model = SyntheticScrfd.Load(ScrfdForm.ThreeStridesKeyPoints);
        using var engine = ScrfdEngine.Create(model, Sized with { MaxBatch = 4 });
        ImageMemory[] images = [.. Enumerable.Range(0, count).Select(i => BlobPhotos.Make(i, 200 + (70 * i), 300 - (40 * i)))];
        var together = engine.Detect(images);
        together.Count.ShouldBe(count);
        for (var i = 0; i < count; i++) ShouldMatch(together[i], engine.Detect(images[i].View));
    }

    [Fact]
    public void A_fixed_batch_is_filled_up_with_black()
    {
        using var model = SyntheticScrfd.Load(ScrfdForm.FiveStrides, true, 4L, 128L, 256L);
        using var engine = ScrfdEngine.Create(model);
        (engine.MaxBatch, engine.InputWidth, engine.InputHeight).ShouldBe((4, 256, 128));
        ImageMemory[] images = [BlobPhotos.Make(1, 90, 200), BlobPhotos.Make(2, 300, 200)];
        var together = engine.Detect(images);
        together.Count.ShouldBe(2);
        for (var i = 0; i < 2; i++) ShouldMatch(together[i], engine.Detect(images[i].View));
    }

    [Fact]
    public void Outputs_without_a_batch_take_one_image_and_say_so()
    {
        using var model = SyntheticScrfd.Load(ScrfdForm.ThreeStrides, isBatched: false);
        using var engine = ScrfdEngine.Create(model, Sized);
        var photo = BlobPhotos.Make(1, 50, 50);
        engine.MaxBatch.ShouldBe(1);
        Should.Throw<TensorException>(() => engine.Detect([photo, photo])).Message.ShouldContain("one image at a time");
        Should.Throw<TensorException>(() => ScrfdEngine.Create(model, Sized with { MaxBatch = 2 }))
            .Message.ShouldContain("have no batch dimension");
        ShouldMatch(engine.Detect([photo])[0], engine.Detect(photo.View));
    }

    [Fact]
    public void An_open_size_is_640_or_chosen_and_a_fixed_one_is_the_models()
    {
        using var open = SyntheticScrfd.Load(ScrfdForm.ThreeStrides);
        using (var engine = ScrfdEngine.Create(open)) (engine.InputWidth, engine.InputHeight).ShouldBe((640, 640));
        foreach (var (width, height) in new[] { (320, 320), (640, 480), (32, 64) })
        {
            using var engine = ScrfdEngine.Create(open, new() { InputWidth = width, InputHeight = height });
            engine.Detect(BlobPhotos.Make(1, 100, 100).View).ShouldNotBeNull();
        }

        using var closed = SyntheticScrfd.Load(ScrfdForm.ThreeStrides, true, 1L, 128L, 256L);
        Should.Throw<TensorException>(() => ScrfdEngine.Create(closed, new() { InputHeight = 96 }))
            .Message.ShouldContain("takes 256 x 128 (width x height), not 256 x 96.");
    }

    [Fact]
    public void A_size_that_gives_other_rows_than_cells_is_a_typed_error_and_leaves_a_list_empty()
    {
        // The graph's pools drop what does not fill a cell.
        using var model = SyntheticScrfd.Load(ScrfdForm.ThreeStrides);
        using var engine = ScrfdEngine.Create(model, new() { InputWidth = 100, InputHeight = 96 });
        List<FaceDetection> faces = [new(.1f, default, null)];
        Should.Throw<TensorException>(() => engine.Detect(BlobPhotos.Make(1, 9, 9).View, faces))
            .Message.ShouldContain("multiples of 32 suit every export");
        faces.ShouldBeEmpty();
    }

    [Fact]
    public void At_most_the_wanted_faces_are_returned()
    {
        using var model = SyntheticScrfd.Load(ScrfdForm.ThreeStridesKeyPoints);
        var photo = BlobPhotos.Make(1, 300, 200);
        using var all = ScrfdEngine.Create(model, Sized);
        using var three = ScrfdEngine.Create(model, Sized with { MaxFaces = 3, Ranking = FaceRanking.Area });
        var expected = all.Detect(photo.View).OrderByDescending(face => face.Box.Area).Take(3);
        three.Detect(photo.View).ShouldBe(expected);
        using var plenty = ScrfdEngine.Create(model, Sized with { MaxFaces = 1000 });
        plenty.Detect(photo.View).ShouldBe(all.Detect(photo.View));
    }

    [Fact]
    public void A_call_with_a_list_of_the_caller_allocates_nothing()
    {
        using var model = SyntheticScrfd.Load(ScrfdForm.ThreeStridesKeyPoints);
        using var engine = ScrfdEngine.Create(model, Sized with { MaxFaces = 20 });
        var photo = BlobPhotos.Make(1, 300, 200);
        var faces = new List<FaceDetection>();
        Allocations.Of(() => engine.Detect(photo.View, faces)).ShouldBe(0);
        faces.ShouldBe(engine.Detect(photo.View));
        faces.Count.ShouldBe(20);
        engine.LastTimings.Preprocess.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public void A_bad_picture_or_a_cancelled_call_leaves_the_engine_usable()
    {
        using var model = SyntheticScrfd.Load(ScrfdForm.ThreeStrides);
        using var engine = ScrfdEngine.Create(model, Sized);
        var photo = BlobPhotos.Make(1, 40, 30);
        var before = engine.Detect(photo.View);
        Should.Throw<ImageException>(() => engine.Detect(default(ImageView)));
        Should.Throw<OperationCanceledException>(() => engine.Detect(photo.View, new CancellationToken(true)));
        Should.Throw<TensorException>(() => engine.Detect([]));
        engine.Detect(photo.View).ShouldBe(before);
    }

    [Fact]
    public void A_model_of_another_form_than_it_says_is_refused()
    {
        using var file = SyntheticScrfd.Load(ScrfdForm.ThreeStrides);
        using var model = new UntypedScrfd(
            TestSupport.UntypedModel.Load(SyntheticScrfd.Bytes(ScrfdForm.ThreeStrides)), ScrfdForm.FiveStrides);
        Should.Throw<TensorException>(() => ScrfdEngine.Create(model)).Message.ShouldContain("has 6 outputs");
    }

    [Theory]
    [InlineData(1.1f, .4f, 1, nameof(ScrfdOptions.Confidence))]
    [InlineData(.5f, float.NaN, 1, nameof(ScrfdOptions.Iou))]
    [InlineData(.5f, .4f, 0, nameof(ScrfdOptions.MaxFaces))]
    public void An_option_outside_its_range_is_named(float confidence, float iou, int most, string option)
    {
        using var model = SyntheticScrfd.Load(ScrfdForm.ThreeStrides);
        var options = new ScrfdOptions { Confidence = confidence, Iou = iou, MaxFaces = most };
        Should.Throw<ArgumentOutOfRangeException>(() => ScrfdEngine.Create(model, options)).ParamName.ShouldBe(option);
    }

    private static void ShouldMatch(IReadOnlyList<FaceDetection> left, IReadOnlyList<FaceDetection> right)
    {
        left.Count.ShouldBe(right.Count);
        for (var i = 0; i < left.Count; i++)
        {
            left[i].Score.ShouldBe(right[i].Score, 1e-5f);
            left[i].Box.X1.ShouldBe(right[i].Box.X1, .01f);
            left[i].Box.Y2.ShouldBe(right[i].Box.Y2, .01f);
        }
    }
}
