using TrtBindings.Vision.Tests.Support;
using static TrtBindings.Vision.Tests.SemanticSegmentation.SmallSegmenter;

namespace TrtBindings.Vision.Tests.SemanticSegmentation;

public sealed class EngineTests
{
    private static readonly SegmentationPreprocessing Short32 =
        SegmentationPreprocessing.UnitRange with { ShortSide = 32, Multiple = 4 };

    [Fact]
    public void Every_pixel_of_the_picture_gets_its_class()
    {
        using var model = Load();
        using var engine = SemanticSegmentationEngine.Create(model, Short32);
        var map = engine.Segment(Quarters(64, 48).View);
        (map.Width, map.Height).ShouldBe((64, 48));
        (map.LabelAt(5, 5), map.LabelAt(60, 5), map.LabelAt(5, 40), map.LabelAt(60, 40))
            .ShouldBe((Paint.Red, Paint.Green, Paint.Blue, Paint.Dark));
        foreach (var label in Enum.GetValues<Paint>()) map.AreaOf(label).ShouldBeInRange(600, 950);
        Enum.GetValues<Paint>().Sum(map.AreaOf).ShouldBe(64 * 48);
    }

    [Fact]
    public void A_head_is_chosen_by_its_name_and_needs_no_batch_dimension()
    {
        using var model = LoadHeads();
        var photo = Quarters(48, 32);
        using var colours = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.UnitRange);
        var map = colours.Segment(photo.View);
        (map.LabelAt(5, 5), map.LabelAt(40, 5), map.LabelAt(5, 28)).ShouldBe((Paint.Red, Paint.Green, Paint.Blue));
        using var dark = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.UnitRange, new() { Output = "dark" });
        var shadow = dark.Segment(photo.View);
        (shadow.Values[(5 * 48) + 5], shadow.Values[(28 * 48) + 40]).ShouldBe(((byte)0, (byte)1));
        Should.Throw<TensorException>(() => SemanticSegmentationEngine.Create(
            model, SegmentationPreprocessing.UnitRange, new() { Output = "lanes" }))
            .Message.ShouldContain("'all', 'colours', 'dark'");
        Should.Throw<TensorException>(() => SemanticSegmentationEngine.Create(
            model, SegmentationPreprocessing.UnitRange, new() { Output = "all" }))
            .Message.ShouldContain("must be float [batch, classes");
        Should.Throw<TensorException>(() => SemanticSegmentationEngine.Create(
            model, SegmentationPreprocessing.UnitRange, new() { MaxBatch = 2 })).Message.ShouldContain("no batch dimension");
    }

    [Fact]
    public void An_open_size_goes_by_the_picture_and_a_fixed_or_chosen_one_does_not()
    {
        using var open = Load();
        using var closed = Load(height: 40L, width: 24L);
        using var byPicture = SemanticSegmentationEngine.Create(open, SegmentationPreprocessing.Torchvision);
        byPicture.InputSizeOf(640, 480).ShouldBe((693, 520));
        byPicture.InputSizeOf(480, 640).ShouldBe((520, 693));
        using var rounded = SemanticSegmentationEngine.Create(open, Short32 with { Multiple = 32 });
        rounded.InputSizeOf(1000, 300).ShouldBe((96, 32));
        using var chosen = SemanticSegmentationEngine.Create(open, Short32, new() { InputWidth = 48, InputHeight = 16 });
        chosen.InputSizeOf(640, 480).ShouldBe((48, 16));
        using var fixedSize = SemanticSegmentationEngine.Create(closed, Short32);
        fixedSize.InputSizeOf(640, 480).ShouldBe((24, 40));
        using var asIs = SemanticSegmentationEngine.Create(closed, Short32, new() { Space = ClassMapSpace.Model });
        var map = asIs.Segment(Quarters(64, 48).View);
        (map.Width, map.Height).ShouldBe((6, 10));
        Should.Throw<TensorException>(() => SemanticSegmentationEngine.Create(closed, Short32, new() { InputWidth = 32 }))
            .Message.ShouldContain("takes 24 x 40 (width x height), not 32 x 40.");
        Should.Throw<ArgumentException>(() => SemanticSegmentationEngine.Create(open, Short32, new() { InputWidth = 32 }))
            .Message.ShouldContain("given together");
    }

    [Fact]
    public void Pictures_of_growing_and_shrinking_sizes_give_what_a_new_engine_gives()
    {
        using var model = Load();
        using var engine = SemanticSegmentationEngine.Create(model, Short32, new() { InputWidth = null });
        foreach (var (width, height) in new[] { (40, 40), (300, 50), (50, 300), (64, 48), (300, 50) })
        {
            using var fresh = SemanticSegmentationEngine.Create(model, Short32);
            var photo = Photos.Noise(width, width, height);
            engine.Segment(photo.View).Values.SequenceEqual(fresh.Segment(photo.View).Values).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(4L)]
    public void Every_batch_gives_each_image_what_it_gives_alone(long? batch)
    {
        using var model = Load(batch);
        using var engine = SemanticSegmentationEngine.Create(model, Short32, new() { MaxBatch = 4 });
        ImageMemory[] images =
        [
            Photos.Noise(1, 64, 48), Quarters(80, 60), Photos.Noise(2, 32, 24, PixelFormat.Bgra), Photos.Noise(3, 640, 480),
        ];
        var alone = images.Select(image => engine.Segment(image.View)).ToArray();
        for (var count = 1; count <= 4; count++)
        {
            var together = engine.Segment(images.AsSpan(4 - count, count));
            together.Count.ShouldBe(count);
            for (var i = 0; i < count; i++)
            {
                together[i].Values.SequenceEqual(alone[4 - count + i].Values).ShouldBeTrue();
                together[i].Width.ShouldBe(images[4 - count + i].Width);
            }
        }
    }

    [Fact]
    public void A_file_with_one_name_for_height_and_width_takes_squares_and_says_so()
    {
        using var model = Load(height: "side", width: "side");
        using var engine = SemanticSegmentationEngine.Create(model, Short32);
        engine.Segment(Quarters(48, 48).View).LabelAt(5, 5).ShouldBe(Paint.Red);
        Should.Throw<TensorException>(() => engine.Segment(Quarters(64, 48).View))
            .Message.ShouldContain("1 images of 40 x 32: one name stands for several");
        engine.Segment(Quarters(96, 96).View).Width.ShouldBe(96);
    }

    [Fact]
    public void Pictures_that_need_different_inputs_are_not_run_together()
    {
        using var model = Load();
        using var engine = SemanticSegmentationEngine.Create(model, Short32, new() { MaxBatch = 2 });
        Should.Throw<ImageException>(() => engine.Segment([Quarters(64, 48), Quarters(48, 64)]))
            .Message.ShouldContain("32 x 40, and the images before it need 40 x 32");
        engine.Segment([Quarters(64, 48), Quarters(128, 96)]).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(ElementType.Int64)]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.UInt8)]
    [InlineData(ElementType.Int8)]
    [InlineData(ElementType.Int16)]
    [InlineData(ElementType.UInt16)]
    [InlineData(ElementType.Bool)]
    public void A_label_map_of_any_whole_type_is_taken_to_the_picture_by_the_nearest_place(ElementType type)
    {
        using var model = Load(labels: type, height: 32L, width: 32L);
        using var engine = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.UnitRange, new() { MaxBatch = 2 });
        using var places = SemanticSegmentationEngine.Create(
            model, SegmentationPreprocessing.UnitRange, new() { Space = ClassMapSpace.Model });
        var photo = Photos.Noise(3, 20, 13);
        var (map, grid) = (engine.Segment([Quarters(64, 64), photo])[1], places.Segment(photo.View));
        (grid.Width, grid.Height).ShouldBe((8, 8));
        for (var y = 0; y < 13; y++)
            for (var x = 0; x < 20; x++) map[x, y].ShouldBe(grid[(int)((x + .5) * 8 / 20), (int)((y + .5) * 8 / 13)]);
    }

    [Theory]
    [InlineData(ElementType.UInt8)]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.Int64)]
    [InlineData(ElementType.Bool)]
    public void In_a_label_map_of_one_label_1_is_that_label(ElementType type)
    {
        // Red is 0 and everything else 1 or more, here only green.
        using var model = Load(labels: type, names: "['thing']");
        var photo = Photos.Plain(64, 48, 10, 220, 10);
        using var engine = SemanticSegmentationEngine.Create(model, Short32);
        var map = engine.Segment(photo.View);
        (map[3, 3], map.LabelAt(3, 3), map.AreaOf(Paint.Red), map.IndexOf(Paint.Red)).ShouldBe(((byte)1, Paint.Red, 64 * 48, 1));
        var rest = engine.Segment(Photos.Plain(64, 48, 220, 10, 10).View);
        (rest.AreaOf(Paint.Red), Enum.IsDefined(rest.LabelAt(3, 3))).ShouldBe((0, false));
        using var asIs = SemanticSegmentationEngine.Create(model, Short32, new() { FirstLabel = 0 });
        asIs.Segment(photo.View).LabelAt(3, 3).ShouldBe(Paint.Green);
    }

    [Fact]
    public void The_first_label_of_a_map_may_be_behind_a_background_without_a_name()
    {
        using var model = Load(labels: ElementType.UInt8, names: "['green', 'blue', 'dark']");
        using var engine = SemanticSegmentationEngine.Create(model, Short32, new() { FirstLabel = 1 });
        engine.Segment(Quarters(64, 48).View).LabelAt(60, 5).ShouldBe((Paint)0);
        Should.Throw<ArgumentOutOfRangeException>(
            () => SemanticSegmentationEngine.Create(model, Short32, new() { FirstLabel = 256 })).ParamName.ShouldBe("FirstLabel");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Sigmoid")]
    [InlineData("HardSigmoid")]
    [InlineData("Div")]
    public void One_plane_is_cut_at_a_half_whatever_the_graph_ends_in(string tail)
    {
        // If the graph ends in a division, only the values show that they are probabilities.
        using var model = LoadPlane(tail);
        using var engine = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.UnitRange);
        foreach (var (grey, expected) in new (byte, int)[] { (0, 0), (120, 0), (135, 48 * 32), (255, 48 * 32) })
            engine.Segment(Photos.Plain(48, 32, grey, grey, grey).View).AreaOfIndex(1).ShouldBe(expected, $"{grey}");
    }

    [Fact]
    public void An_auxiliary_output_is_left_alone()
    {
        using var model = Load(hasAuxiliary: true);
        using var engine = SemanticSegmentationEngine.Create(model, Short32);
        engine.Segment(Quarters(64, 48).View).LabelAt(5, 5).ShouldBe(Paint.Red);
    }

    [Fact]
    public void A_map_that_is_given_again_allocates_nothing()
    {
        using var logits = Load();
        using var labels = Load(labels: ElementType.Int64);
        foreach (var model in new[] { logits, labels })
        {
            using var engine = SemanticSegmentationEngine.Create(model, Short32);
            var (photo, map) = (Photos.Noise(1, 64, 48), new ClassMap<Paint>());
            Allocations.Of(() => engine.Segment(photo.View, map)).ShouldBe(0);
            map.Values.SequenceEqual(engine.Segment(photo.View).Values).ShouldBeTrue();
        }
    }

    [Fact]
    public void Wrong_pictures_batches_and_labels_are_typed_errors()
    {
        using var model = Load();
        using var engine = SemanticSegmentationEngine.Create(model, Short32);
        Should.Throw<ImageException>(() => engine.Segment(default(ImageView)));
        Should.Throw<TensorException>(() => engine.Segment([])).Message.ShouldContain("1 image, not 0");
        Should.Throw<ArgumentException>(() => engine.Segment([Quarters(8, 8)], []));
        using var named = Load(names: "['a', 'b']");
        using var wrong = SemanticSegmentationEngine.Create(named, Short32);
        Should.Throw<TensorException>(() => wrong.Segment(Quarters(40, 40).View)).Message.ShouldContain("2 labels");
        Should.Throw<ArgumentOutOfRangeException>(
            () => SemanticSegmentationEngine.Create(model, Short32 with { ShortSide = 0 })).ParamName.ShouldBe("ShortSide");
        Should.Throw<ArgumentOutOfRangeException>(
            () => SemanticSegmentationEngine.Create(model, Short32, new() { Threshold = float.NaN }))
            .ParamName.ShouldBe("Threshold");
    }

    /// <summary>Red and green above blue and black.</summary>
    private static ImageMemory Quarters(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        for (var i = 0; i < width * height; i++)
        {
            var (isRight, isLow) = (i % width >= width / 2, i / width >= height / 2);
            if (!(isRight && isLow)) pixels[(3 * i) + (isLow ? 2 : isRight ? 1 : 0)] = 220;
        }

        return new(pixels, width, height, PixelFormat.Rgb);
    }
}
