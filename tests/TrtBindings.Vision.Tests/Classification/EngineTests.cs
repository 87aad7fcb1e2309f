using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Classification;

public sealed class EngineTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    [InlineData("parts")]
    public void Scores_are_one_softmax_of_the_logits_wherever_it_is_computed(string tail)
    {
        using var model = SmallClassifier.Load(tail);
        using var engine = ClassificationEngine.Create(model, ClassificationPreprocessing.Ultralytics);
        var expected = SmallClassifier.Softmax(SmallClassifier.Logits(200, 100, 50));
        var found = engine.Classify(Photos.Plain(30, 20, 200, 100, 50).View);
        found.Select(one => one.ClassIndex).ShouldBe(Enumerable.Range(0, 5).OrderByDescending(i => expected[i]));
        foreach (var one in found)
        {
            ((double)one.Score).ShouldBe(expected[one.ClassIndex], 1e-6);
            one.Label.ShouldBe((Thing)one.ClassIndex);
            engine.ScoresOf()[one.ClassIndex].ShouldBe(one.Score);
        }

        found[0].ToString().ShouldStartWith("Fork 0.");
    }

    [Fact]
    public void The_values_of_a_half_input_are_those_of_the_picture()
    {
        using var model = SmallClassifier.LoadHalf();
        using var engine = ClassificationEngine.Create(model, ClassificationPreprocessing.Ultralytics, new() { Top = 3 });
        engine.Classify(Photos.Plain(9, 9, 50, 200, 100).View).Select(one => one.ClassIndex).ShouldBe([1, 2, 0]);
        engine.Classify(Photos.Plain(9, 9, 200, 50, 100).View).Select(one => one.ClassIndex).ShouldBe([0, 2, 1]);
        var expected = SmallClassifier.Softmax([200 / 255.0, 50 / 255.0, 100 / 255.0]);
        for (var i = 0; i < 3; i++) ((double)engine.ScoresOf()[i]).ShouldBe(expected[i], 1e-3);
    }

    [Fact]
    public void The_preprocessing_is_that_of_the_metadata_or_must_be_given()
    {
        using var model = SmallClassifier.Load(author: "Ultralytics");
        using var engine = ClassificationEngine.Create(model, new ClassificationOptions { Top = 1 });
        engine.Preprocessing.ShouldBe(ClassificationPreprocessing.Ultralytics);
        engine.Classify(Photos.Plain(9, 9, 200, 100, 50).View).ShouldHaveSingleItem().Label.ShouldBe(Thing.Fork);
        using var other = SmallClassifier.Load();
        Should.Throw<TensorException>(() => ClassificationEngine.Create(other))
            .Message.ShouldContain("pass a ClassificationPreprocessing");
    }

    [Fact]
    public void Scores_of_classes_that_do_not_exclude_each_other_stay_as_they_are()
    {
        using var model = SmallClassifier.Load("Sigmoid");
        using var engine = ClassificationEngine.Create(model, ClassificationPreprocessing.Ultralytics, new() { Top = 1 });
        var best = engine.Classify(Photos.Plain(9, 9, 200, 100, 50).View).ShouldHaveSingleItem();
        ((double)best.Score).ShouldBe(1 / (1 + Math.Exp(-4 * 100 / 255.0)), 1e-6);
    }

    [Fact]
    public void The_caller_can_say_what_the_model_gives()
    {
        using var model = SmallClassifier.Load("Softmax");
        using var engine = ClassificationEngine.Create(
            model, ClassificationPreprocessing.Ultralytics, new() { Scores = ClassScores.Logits });
        engine.Classify(Photos.Plain(9, 9, 200, 100, 50).View)[0].Score.ShouldBeLessThan(0.4f);
    }

    [Fact]
    public void Every_batch_from_1_to_32_gives_each_image_the_bits_that_it_gives_alone()
    {
        using var model = SmallClassifier.Load();
        using var engine = ClassificationEngine.Create(
            model, ClassificationPreprocessing.Torchvision with { ShortSide = 9 }, new() { MaxBatch = 32 });
        var images = Enumerable.Range(0, 32)
            .Select(i => Photos.Noise(i, 10 + (7 * i), 60 - i, (PixelFormat)(i % 5))).ToArray();
        var alone = images.Select(image => engine.Classify(image.View)).ToArray();
        for (var batch = 1; batch <= 32; batch++)
        {
            var together = engine.Classify(images.AsSpan(32 - batch, batch));
            together.Count.ShouldBe(batch);
            for (var i = 0; i < batch; i++) together[i].ShouldBe(alone[32 - batch + i]);
            Should.Throw<ArgumentOutOfRangeException>(() => engine.ScoresOf(batch).Length);
        }
    }

    [Fact]
    public void A_fixed_batch_is_filled_up_and_gives_what_was_asked_for()
    {
        using var model = SmallClassifier.Load(batch: 4L);
        using var engine = ClassificationEngine.Create(model, ClassificationPreprocessing.Ultralytics);
        engine.MaxBatch.ShouldBe(4);
        ImageMemory[] images = [Photos.Noise(1, 20, 20), Photos.Noise(2, 30, 20)];
        var both = engine.Classify(images);
        both.Count.ShouldBe(2);
        both[1].ShouldBe(engine.Classify(images[1].View));
        Should.Throw<TensorException>(() => engine.Classify(new ImageMemory[5])).Message.ShouldContain("exported for that batch");
    }

    [Fact]
    public void A_batch_of_none_or_too_many_or_an_empty_picture_is_a_typed_error_and_the_engine_stays_usable()
    {
        using var model = SmallClassifier.Load();
        using var engine = ClassificationEngine.Create(model, ClassificationPreprocessing.Ultralytics, new() { MaxBatch = 2 });
        var before = engine.Classify(Photos.Noise(1, 20, 20).View);
        Should.Throw<TensorException>(() => engine.Classify([])).Message.ShouldContain("1 to 2 images, not 0");
        Should.Throw<TensorException>(() => engine.Classify(new ImageMemory[3]))
            .Message.ShouldContain("ClassificationOptions.MaxBatch");
        Should.Throw<ImageException>(() => engine.Classify(default(ImageView)));
        Should.Throw<ArgumentOutOfRangeException>(() => engine.ScoresOf().Length);
        Should.Throw<OperationCanceledException>(
            () => engine.Classify(Photos.Noise(1, 20, 20).View, new CancellationToken(true)));
        engine.Classify(Photos.Noise(1, 20, 20).View).ShouldBe(before);
    }

    [Fact]
    public void Results_in_the_callers_memory_allocate_nothing()
    {
        using var model = SmallClassifier.Load();
        using var engine = ClassificationEngine.Create(model, ClassificationPreprocessing.Timm, new() { Top = 3 });
        var (photo, found) = (Photos.Noise(1, 300, 200), new List<ClassificationResult<Thing>>());
        Allocations.Of(() => engine.Classify(photo.View, found)).ShouldBe(0);
        found.Count.ShouldBe(3);
        found.ShouldBe(engine.Classify(photo.View));
        Should.Throw<OperationCanceledException>(() => engine.Classify(photo.View, found, new CancellationToken(true)));
        found.ShouldBeEmpty();
    }

    [Fact]
    public void Classes_may_stand_in_any_one_dimension()
    {
        using var flat = SmallClassifier.Load();
        using var deep = SmallClassifier.Load(isFlat: false);
        using var left = ClassificationEngine.Create(flat, ClassificationPreprocessing.Ultralytics);
        using var right = ClassificationEngine.Create(deep, ClassificationPreprocessing.Ultralytics);
        var photo = Photos.Noise(8, 40, 30);
        left.Classify(photo.View).ShouldBe(right.Classify(photo.View));
    }

    [Fact]
    public void Labels_that_are_not_as_many_as_the_classes_are_a_typed_error()
    {
        using var model = SmallClassifier.Load(names: "['a', 'b']");
        using var engine = ClassificationEngine.Create(model, ClassificationPreprocessing.Ultralytics);
        Should.Throw<TensorException>(() => engine.Classify(Photos.Noise(1, 9, 9).View)).Message.ShouldContain("2 labels");
    }

    [Fact]
    public void An_option_outside_its_range_is_named()
    {
        using var model = SmallClassifier.Load();
        foreach (var (options, name) in new[]
        {
            (new ClassificationOptions { Top = 0 }, "Top"), (new() { MaxBatch = 0 }, "MaxBatch"),
            (new() { Scores = (ClassScores)7 }, "Scores"), (new() { InputWidth = -1 }, "InputWidth"),
        })
        {
            Should.Throw<ArgumentOutOfRangeException>(
                () => ClassificationEngine.Create(model, ClassificationPreprocessing.Timm, options)).ParamName.ShouldBe(name);
        }

        Should.Throw<TensorException>(
            () => ClassificationEngine.Create(model, ClassificationPreprocessing.Timm, new() { InputWidth = 9 }))
            .Message.ShouldContain(", not 9 x ");
    }
}
