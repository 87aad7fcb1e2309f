using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Ultralytics;

/// <summary>The task semantic on a small graph of ours: the class of a pixel is its strongest colour, red before green.</summary>
public sealed class SemanticTests
{
    /// <summary>The left half is green, the right one blue.</summary>
    private static readonly ImageMemory Photo = Halves(100, 80);

    [Fact]
    public void The_map_is_cut_out_of_the_padding_and_taken_to_the_picture_by_the_nearest_point_at_the_corner()
    {
        using var model = Model("['Cup', 'Plate', 'Spoon']");
        using var engine = SemanticSegmentationEngine.Create(model, new() { MaxBatch = 2 });
        engine.Preprocessing.ShouldBe(SegmentationPreprocessing.Ultralytics);
        using var whole = SemanticSegmentationEngine.Create(model, new() { Space = ClassMapSpace.Model });
        var (map, grid) = (engine.Segment(Photo.View), whole.Segment(Photo.View));
        (map.Width, map.Height, grid.Width, grid.Height).ShouldBe((100, 80, 64, 64));
        // 80 rows become 51, below 6 rows of grey and above 7; grey is class 0 here.
        grid.AreaOfIndex(0).ShouldBe(13 * 64);
        for (var y = 0; y < 80; y++)
            for (var x = 0; x < 100; x++) map[x, y].ShouldBe(grid[(int)(x * .64f), 6 + (int)(y * (51 / 80f))], $"{x}, {y}");
        (map.AreaOf(Thing.Cup), map.AreaOf(Thing.Plate) + map.AreaOf(Thing.Spoon)).ShouldBe((0, 8000));
        engine.Segment([Halves(31, 90), Photo])[1].Values.SequenceEqual(map.Values).ShouldBeTrue();
    }

    [Fact]
    public void A_picture_of_the_size_of_the_input_is_taken_as_it_is()
    {
        using var model = Model("['Cup', 'Plate', 'Spoon']");
        using var engine = SemanticSegmentationEngine.Create(model);
        var map = engine.Segment(Halves(64, 64).View);
        (map.AreaOf(Thing.Plate), map.AreaOf(Thing.Spoon)).ShouldBe((32 * 64, 32 * 64));
    }

    [Fact]
    public void Of_one_class_1_means_that_it_is_there()
    {
        using var model = Model("['Cup']");
        using var engine = SemanticSegmentationEngine.Create(model);
        var map = engine.Segment(Halves(64, 64).View);
        ((int)map[0, 0], map.LabelAt(0, 0), map.IndexOf(Thing.Cup), map.AreaOf(Thing.Cup)).ShouldBe((1, Thing.Cup, 1, 32 * 64));
    }

    [Fact]
    public void A_rectangular_input_follows_the_picture()
    {
        using var model = Model("['Cup', 'Plate', 'Spoon']");
        using var engine = SemanticSegmentationEngine.Create(model, new() { Rectangular = true });
        engine.InputSizeOf(100, 40).ShouldBe((64, 32));
        using var fixedSize = SemanticSegmentationEngine.Create(model, new() { InputWidth = 64, InputHeight = 32 });
        var photo = Halves(100, 40);
        engine.Segment(photo.View).Values.SequenceEqual(fixedSize.Segment(photo.View).Values).ShouldBeTrue();
        engine.InputWidth.ShouldBeNull();
        var map = new ClassMap<Thing>();
        Allocations.Of(() => engine.Segment(photo.View, map)).ShouldBe(0);
    }

    [Fact]
    public void Logits_are_cut_out_of_the_padding_too()
    {
        using var model = Model("['Cup', 'Plate', 'Spoon']", isMap: false);
        using var engine = SemanticSegmentationEngine.Create(model);
        var map = engine.Segment(Photo.View);
        (map.AreaOf(Thing.Cup), map.AreaOf(Thing.Plate), map.AreaOf(Thing.Spoon)).ShouldBe((0, 4000, 4000));
    }

    [Fact]
    public void A_model_of_others_needs_a_preprocessing()
    {
        using var model = Model("['Cup', 'Plate', 'Spoon']", task: "other");
        Should.Throw<TensorException>(() => SemanticSegmentationEngine.Create(model))
            .Message.ShouldContain("pass a SegmentationPreprocessing");
    }

    private static ImageMemory Halves(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        for (var i = 0; i < width * height; i++) pixels[(3 * i) + (i % width < width / 2 ? 1 : 2)] = 200;
        return new(pixels, width, height, PixelFormat.Rgb);
    }

    private static UntypedSegmenter<Thing> Model(string names, bool isMap = true, string task = "semantic")
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, "batch", 3L, "height", "width")
            .Metadata("names", names).Metadata("task", task).Metadata("author", "Ultralytics")
            .Metadata("stride", "32").Metadata("imgsz", "[64, 64]");
        if (isMap)
        {
            model.Output("output0", ElementType.UInt8, "Castoutput0_dim_0", "Castoutput0_dim_1", "Castoutput0_dim_2")
                .Node("ArgMax", ["images"], ["best"], OnnxAttribute.Int("axis", 1), OnnxAttribute.Int("keepdims", 0))
                .Node("Cast", ["best"], ["output0"], OnnxAttribute.Int("to", (int)ElementType.UInt8));
        }
        else
        {
            model.Output("output0", ElementType.Float, "batch", 3L, "h", "w").Node("Identity", ["images"], ["output0"]);
        }

        return new(
            UntypedModel.Load(model.ToBytes()),
            isMap ? SemanticSegmentationForm.LabelMap : SemanticSegmentationForm.Logits);
    }
}
