using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Ultralytics;

/// <summary>
/// Limits that an export of a dynamic size has and that its tensors do not show: they are errors before the run.
/// </summary>
public sealed class LimitTests
{
    private static readonly ImageMemory Photo = BlobPhotos.Make(3, 100, 40);

    [Fact]
    public void Sides_are_multiples_of_the_stride()
    {
        using var model = Model(("stride", "32"), ("imgsz", "[64, 96]"));
        using var engine = YoloDetectEngine.Create(model);
        (engine.InputHeight, engine.InputWidth).ShouldBe((64, 96));
        engine.Detect(Photo.View).ShouldNotBeEmpty();
        var error = Should.Throw<TensorException>(() => YoloDetectEngine.Create(model, new() { InputWidth = 80 }));
        error.Message.ShouldContain("cannot be 80 x 64 (width x height)");
        error.Message.ShouldContain("multiples of its stride, 32");
        using var other = Model(("imgsz", "[64, 96]"));
        using var free = YoloDetectEngine.Create(other, new() { InputWidth = 80 });
        free.Detect(Photo.View).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_suppression_in_the_graph_takes_no_more_images_than_it_was_exported_for()
    {
        using var model = Model(("args", "{'batch': 3, 'nms': True}"), ("batch", "3"), ("imgsz", "[64, 64]"));
        Should.Throw<TensorException>(() => YoloDetectEngine.Create(model, new() { MaxBatch = 4 }))
            .Message.ShouldContain("exported for a batch of 3 and finds nothing in the images after it");
        using var engine = YoloDetectEngine.Create(model, new() { MaxBatch = 3 });
        engine.Detect([Photo, Photo, Photo]).Count.ShouldBe(3);
        using var engineFile = Model(("args", """{"batch": 3, "nms": true}"""), ("batch", "3"), ("imgsz", "[64, 64]"));
        Should.Throw<TensorException>(() => YoloDetectEngine.Create(engineFile, new() { MaxBatch = 4 }))
            .Message.ShouldContain("exported for a batch of 3");
        using var other = Model(("args", "{'batch': 1, 'nms': None}"), ("batch", "1"), ("imgsz", "[64, 64]"));
        using var any = YoloDetectEngine.Create(other, new() { MaxBatch = 4 });
        any.Detect([Photo, Photo, Photo, Photo]).Count.ShouldBe(4);
    }

    [Fact]
    public void An_end_to_end_head_needs_as_many_anchors_as_it_has_rows()
    {
        using var model = Rows(("end2end", "True"), ("stride", "32"), ("imgsz", "[128, 128]"));
        Should.Throw<TensorException>(() => YoloDetectEngine.Create(model, new() { InputWidth = 96, InputHeight = 96 }))
            .Message.ShouldContain("takes the best 300 of its anchors, and there are 189 at this size");
        using var engine = YoloDetectEngine.Create(model);
        engine.Detect(Photo.View).Count.ShouldBe(300);
        // 128 x 64 has 168 anchors.
        using var narrow = YoloDetectEngine.Create(model, new() { Rectangular = true });
        Should.Throw<TensorException>(() => narrow.Detect(Photo.View)).Message.ShouldContain("there are 168 at this size");
        narrow.Detect(BlobPhotos.Make(3, 100, 100).View).Count.ShouldBe(300);
        // Suppression in the graph and a grid of stride 4 have no such limit.
        foreach (var entry in new[] { ("args", "{'nms': True}"), ("description", "Ultralytics YOLO26n-p2 model") })
        {
            using var other = Rows(("end2end", "True"), ("stride", "32"), entry);
            using var any = YoloDetectEngine.Create(other, new() { InputWidth = 96, InputHeight = 96 });
            any.Detect(Photo.View).Count.ShouldBe(300);
        }
    }

    [Theory]
    [InlineData("Ultralytics YOLO26n model trained on exp-26.yaml", "True", "8.4.190")]
    [InlineData("Ultralytics YOLO26n model trained on big-p2.yaml", "True", "8.4.190")]
    [InlineData("Ultralytics exp-p26 model trained on None", "True", "8.4.190")]
    [InlineData("Ultralytics YOLOv10n model trained on None", null, null)]
    [InlineData("Ultralytics best model trained on None", null, "8.3.100")]
    public void Only_the_models_name_says_that_it_has_more_anchors(string description, string? endToEnd, string? version)
    {
        List<(string, string)> metadata =
            [("author", "Ultralytics"), ("task", "detect"), ("stride", "32"), ("description", description)];
        if (endToEnd is not null) metadata.Add(("end2end", endToEnd));
        if (version is not null) metadata.Add(("version", version));
        using var model = Rows([.. metadata]);
        Should.Throw<TensorException>(() => YoloDetectEngine.Create(model, new() { InputWidth = 96, InputHeight = 96 }))
            .Message.ShouldContain("takes the best 300 of its anchors, and there are 189 at this size");
    }

    [Fact]
    public void A_rectangular_input_follows_the_picture_in_steps_of_the_stride()
    {
        using var model = Model(("stride", "32"), ("imgsz", "[64, 64]"));
        using var engine = YoloDetectEngine.Create(model, new() { Rectangular = true, MaxBatch = 2 });
        (engine.InputWidth, engine.InputHeight).ShouldBe((null, null));
        engine.InputSizeOf(100, 40).ShouldBe((64, 32));
        engine.InputSizeOf(40, 100).ShouldBe((32, 64));
        engine.InputSizeOf(10, 10).ShouldBe((64, 64));
        using var fixedSize = YoloDetectEngine.Create(model, new() { InputWidth = 64, InputHeight = 32 });
        var expected = fixedSize.Detect(Photo.View);
        expected.Count.ShouldBeGreaterThan(1);
        engine.Detect(Photo.View).ShouldBe(expected);
        engine.Detect([Photo, Photo])[1].ShouldBe(expected);
        Should.Throw<ImageException>(() => engine.Detect([Photo, BlobPhotos.Make(4, 40, 100)]))
            .Message.ShouldContain("Image 1 needs an input of 32 x 64");
        engine.Detect(BlobPhotos.Make(4, 40, 100).View);
        engine.Detect(Photo.View).ShouldBe(expected);
        var found = new List<Detection<Thing>>();
        Allocations.Of(() => engine.Detect(Photo.View, found)).ShouldBe(0);
    }

    [Fact]
    public void A_model_of_a_fixed_size_is_never_rectangular()
    {
        var model = new SyntheticYolo(YoloForm.EndToEnd, 1, 6, [[0, 16, 64, 48, .9f, 0]], side: 64, labels: 1);
        using var engine = YoloDetectEngine.Create(model, new() { Rectangular = true });
        (engine.InputWidth, engine.InputHeight).ShouldBe((64, 64));
        engine.Detect(Photo.View).ShouldHaveSingleItem();
    }

    /// <summary>
    /// A dense head of one class whose boxes and scores are the colours of cells of 8 x 8: boxes of a pixel, one for each cell.
    /// </summary>
    private static UntypedYoloDetect<Thing> Model(params (string Key, string Value)[] metadata)
    {
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, "batch", 3L, "height", "width")
            .Output("output0", ElementType.Float, "batch", 5L, "anchors")
            .Graph(graph => graph.Initializer(OnnxTensor.Int64s("flat", [3], 0, 5, -1))
                .Initializer(OnnxTensor.Floats("w", [5, 3, 1, 1], 60, 0, 0, 0, 60, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1)))
            .Node("AveragePool", ["images"], ["small"],
                OnnxAttribute.Ints("kernel_shape", 8, 8), OnnxAttribute.Ints("strides", 8, 8))
            .Node("Conv", ["small", "w"], ["cells"]).Node("Reshape", ["cells", "flat"], ["output0"])
            .Metadata("names", "['Cup']");
        foreach (var (key, value) in metadata) model.Metadata(key, value);
        return new(UntypedModel.Load(model.ToBytes()));
    }

    /// <summary>An end-to-end head of 300 rows that are the same for every image.</summary>
    private static UntypedYoloDetect<Thing> Rows(params (string Key, string Value)[] metadata)
    {
        float[] rows = [.. Enumerable.Range(0, 300).SelectMany(i => new[] { 1, 1, 9, 9, .9f - (i * .001f), 0 })];
        var model = new OnnxModelBuilder().Input("images", ElementType.Float, "batch", 3L, "height", "width")
            .Output("output0", ElementType.Float, "batch", 300L, 6L)
            .Graph(graph => graph.Initializer(OnnxTensor.Floats("rows", [1, 300, 6], rows))
                .Initializer(OnnxTensor.Floats("zero", [], 0)).Initializer(OnnxTensor.Int64s("cube", [3], -1, 1, 1)))
            .Node("ReduceMean", ["images"], ["mean"], OnnxAttribute.Ints("axes", 1, 2, 3))
            .Node("Mul", ["mean", "zero"], ["flat"]).Node("Reshape", ["flat", "cube"], ["nothing"])
            .Node("Add", ["nothing", "rows"], ["output0"]).Metadata("names", "['Cup']");
        foreach (var (key, value) in metadata) model.Metadata(key, value);
        return new(UntypedModel.Load(model.ToBytes()), YoloForm.EndToEnd);
    }
}
