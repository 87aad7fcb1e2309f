using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.RtDetr;

/// <summary>RT-DETR on small graphs of our own; <c>ExportTests</c> has one of Ultralytics'.</summary>
public sealed class EngineTests
{
    /// <summary>Two boxes that overlap, one of low score, one outside of the image.</summary>
    private static readonly float[][] Rows =
    [
        [.5f, .5f, .5f, .25f, .9f, 1], [.5f, .5f, .5f, .25f, .8f, 2], [1, 0, .5f, .5f, .7f, 0], [.2f, .2f, .1f, .1f, .25f, 0],
    ];

    private static readonly ImageMemory Photo = BlobPhotos.Make(3, 80, 40);

    [Fact]
    public void Rows_are_shares_of_the_image_and_neither_clipped_nor_suppressed()
    {
        using var model = Model(RtDetrForm.Rows, Rows);
        using var engine = RtDetrEngine.Create(model);
        engine.Detect(Photo.View).ShouldBe(
        [
            new(Thing.Plate, 1, .9f, new(20, 15, 60, 25)), new(Thing.Spoon, 2, .8f, new(20, 15, 60, 25)),
            new(Thing.Cup, 0, .7f, new(60, -10, 100, 10)),
        ]);
    }

    [Fact]
    public void Scores_give_the_best_class_of_each_row_in_falling_order()
    {
        float[][] rows =
        [
            [.5f, .5f, .2f, .2f, .1f, .6f, .6f, 0, 0], [.1f, .1f, .2f, .2f, 0, 0, 0, .7f, .3f], [0, 0, 1, 1, .6f, 0, 0, 0, 0],
        ];
        using var model = Model(RtDetrForm.Scores, rows);
        using var engine = RtDetrEngine.Create(model);
        engine.Detect(Photo.View).Select(one => (one.ClassIndex, one.Score)).ShouldBe([(3, .7f), (1, .6f), (0, .6f)]);
        using var two = RtDetrEngine.Create(model, new() { MaxDetections = 2, Confidence = .6f });
        two.Detect(Photo.View).ShouldHaveSingleItem().ClassIndex.ShouldBe(3);
    }

    [Fact]
    public void A_model_in_half_precision_gives_what_its_float_twin_gives()
    {
        using var model = Model(RtDetrForm.Rows, Rows, ElementType.Float16);
        using var twin = Model(RtDetrForm.Rows, [.. Rows.Select(row => row.Select(value => (float)(Half)value).ToArray())]);
        using var engine = RtDetrEngine.Create(model, new() { MaxBatch = 2 });
        using var expected = RtDetrEngine.Create(twin);
        engine.Detect(Photo.View).ShouldBe(expected.Detect(Photo.View));
        ImageMemory[] images = [Photo, BlobPhotos.Make(4, 31, 90)];
        engine.Detect(images)[1].ShouldBe(expected.Detect(images[1].View));
        var found = new List<Detection<Thing>>();
        Allocations.Of(() => engine.Detect(Photo.View, found)).ShouldBe(0);
    }

    [Theory]
    [InlineData(RtDetrForm.Rows)]
    [InlineData(RtDetrForm.Scores)]
    public void A_batch_gives_each_image_what_it_gives_alone_and_a_warm_call_allocates_nothing(RtDetrForm form)
    {
        using var model = Model(form, form == RtDetrForm.Rows ? Rows : [[.5f, .5f, .2f, .2f, .1f, .6f, .6f, 0, 0]]);
        using var engine = RtDetrEngine.Create(model, new() { MaxBatch = 2 });
        ImageMemory[] images = [Photo, BlobPhotos.Make(4, 31, 90)];
        var together = engine.Detect(images);
        for (var i = 0; i < 2; i++) together[i].ShouldBe(engine.Detect(images[i].View));
        List<Detection<Thing>>[] lists = [[], []];
        Allocations.Of(() => engine.Detect(images, lists)).ShouldBe(0);
        Allocations.Of(() => engine.Detect(Photo.View, lists[0])).ShouldBe(0);
        lists[1].ShouldBe(together[1]);
    }

    [Fact]
    public void A_class_without_a_label_and_rows_of_another_length_are_typed_errors()
    {
        using var model = Model(RtDetrForm.Rows, [[.5f, .5f, .5f, .25f, .9f, 5]]);
        using var engine = RtDetrEngine.Create(model);
        Should.Throw<TensorException>(() => engine.Detect(Photo.View)).Message.ShouldContain("returned class 5");
        using var other = Model(RtDetrForm.Scores, Rows);
        Should.Throw<TensorException>(() => RtDetrEngine.Create(other))
            .Message.ShouldContain("2 classes, but the model has 5 labels");
    }

    /// <summary>Rows, columns, labels, task, head and TrtTask; then the family and form.</summary>
    [Theory]
    [InlineData(100, 6, 20, "detect", "RTDETRDecoder", "", "RtDetr Rows")]
    [InlineData(300, 6, 2, "detect", "RTDETRDecoder", "", "RtDetr Rows")]
    [InlineData(300, 84, 80, "detect", null, "", "RtDetr Scores")]
    [InlineData(300, 84, 0, null, null, "RtDetr", "RtDetr Scores")]
    [InlineData(300, 6, 2, "detect", null, "RtDetr", "RtDetr Scores")]
    [InlineData(300, 6, 80, "detect", null, "RtDetr", "RtDetr Rows")]
    [InlineData(300, 6, 80, "detect", null, "", "YoloDetect EndToEnd")]
    [InlineData(84, 8400, 80, "detect", "Detect", "", "YoloDetect Dense")]
    [InlineData(84, 8400, 80, "detect", "Detect", "RtDetr", "its head is 'Detect'")]
    [InlineData(100, 6, 20, "detect", "RTDETRDecoder", "YoloDetect", "its metadata says that it is an RT-DETR")]
    [InlineData(300, 84, 79, "detect", "RTDETRDecoder", "", "")]
    public void Metadata_and_shapes_say_the_family(
        int rows, int columns, int labels, string? task, string? head, string asked, string expected)
    {
        List<MetadataEntry> metadata = [];
        if (task is not null) metadata.Add(new("task", task));
        if (head is not null) metadata.Add(new("head", head));
        var match = FamilyRules.Match(
            new()
            {
                Inputs = new([SyntheticYoloSeg.Tensor("images", 1, 3, 640, 640)]),
                Outputs = new([SyntheticYoloSeg.Tensor("output0", 1, rows, columns)]),
                OutputOperators = new(["Concat"]),
                Metadata = new([.. metadata]),
            },
            labels, asked);
        (match is null ? "" : match.Problem ?? $"{match.Rule.Task} {match.Form}").ShouldBe(expected);
    }

    /// <summary>A graph that gives these rows for each image of a dynamic batch of 64 x 48.</summary>
    private static UntypedRtDetr<Thing> Model(RtDetrForm form, float[][] rows, ElementType type = ElementType.Float)
    {
        int[] shape = [1, rows.Length, rows[0].Length];
        var model = new OnnxModelBuilder().Input("images", type, "batch", 3L, 48L, 64L)
            .Metadata("names", "['Cup', 'Plate', 'Spoon', 'Fork', 'Knife']")
            .Graph(graph => graph.Initializer(OnnxTensor.Floats("rows", [.. shape], [.. rows.SelectMany(row => row)]))
                .Initializer(OnnxTensor.Floats("zero", [], 0)).Initializer(OnnxTensor.Int64s("cube", [3], -1, 1, 1)))
            .Node("Cast", ["images"], ["pixels"], OnnxAttribute.Int("to", (int)ElementType.Float))
            .Node("ReduceMean", ["pixels"], ["mean"], OnnxAttribute.Ints("axes", 1, 2, 3))
            .Node("Mul", ["mean", "zero"], ["nothing4"])
            .Node("Reshape", ["nothing4", "cube"], ["nothing"]).Node("Add", ["nothing", "rows"], ["all"])
            .Node("Cast", ["all"], ["output0"], OnnxAttribute.Int("to", (int)type))
            .Output("output0", type, "batch", (long)shape[1], (long)shape[2]);
        return new(UntypedModel.Load(model.ToBytes()), form);
    }
}
