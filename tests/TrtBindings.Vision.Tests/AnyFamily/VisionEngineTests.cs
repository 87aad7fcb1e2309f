using TrtBindings.TestSupport;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.AnyFamily;

/// <summary>The engine that is found from a model's description finds what the engine of the family finds.</summary>
[Trait("Category", "Slow")]
public sealed class VisionEngineTests
{
    private static readonly ModelOptions Cpu = ModelOptions.Require(BackendKind.OnnxRuntimeCpu);

    [Theory]
    [InlineData("desk-seg.onnx", "YoloSeg, Dense, 6 classes")]
    [InlineData("desk-seg-e2e.onnx", "YoloSeg, EndToEnd, 6 classes")]
    [InlineData("desk-detect/desk-detect.onnx", "YoloDetect, Dense, 6 classes")]
    [InlineData("desk-pose/desk-pose.onnx", "YoloPose, Dense, 2 classes")]
    [InlineData("desk-obb/desk-obb.onnx", "YoloObb, Dense, 6 classes")]
    [InlineData("desk-classify/desk-classify.onnx", "Classification, ChannelsFirst, 6 classes")]
    [InlineData("digits/digits-vit.onnx", "Classification, ChannelsFirst, 10 classes")]
    [InlineData("desk-semantic/desk-semantic.onnx", "SemanticSegmentation, Logits, 7 classes")]
    [InlineData("desk-maskrcnn/desk-maskrcnn.onnx", "MaskRcnn, Torchvision, 7 classes")]
    [InlineData("desk-maskrcnn/desk-maskrcnn-480x640.onnx", "MaskRcnn, FixedSlots, 7 classes")]
    [InlineData("faces/faces-scrfd.onnx", "Scrfd, ThreeStridesKeyPoints")]
    public void The_family_of_each_shipped_model_is_found(string file, string family) =>
        ModelFamily.Of(ModelSource.FromFile(PathOf(file)).Describe()).ToString().ShouldBe(family);

    [Fact]
    public void Instances_are_those_of_the_familys_engine_with_the_names_of_the_file()
    {
        using var model = UntypedOnnxModel.Load(PathOf("desk-seg.onnx"), Cpu);
        using var engine = VisionEngine.Create(model, new() { MaxBatch = 2 });
        using var typed = YoloSegEngine.Create(SampleModels.Dense(), new() { MaxBatch = 2 });
        var images = ShippedModels.Scenes()[..2];
        var expected = typed.Detect(images);
        var found = engine.Run(images);
        for (var i = 0; i < images.Length; i++)
        {
            expected[i].Count.ShouldBeGreaterThan(1);
            found[i].Objects.Select(one => (one.ClassIndex, one.Score, one.Box))
                .ShouldBe(expected[i].Select(one => (one.ClassIndex, one.Score, one.Box)));
            found[i].Objects.Select(one => one.LabelName).ShouldBe(expected[i].Select(one => engine.Labels[(int)one.Label]));
            for (var k = 0; k < found[i].Objects.Count; k++) Same.Masks(found[i].Objects[k].Mask, expected[i][k].Mask);
        }
    }

    [Fact]
    public void Options_reach_the_familys_engine()
    {
        using var model = UntypedOnnxModel.Load(PathOf("desk-detect/desk-detect.onnx"), Cpu);
        var image = ShippedModels.Scenes()[0];
        using var all = VisionEngine.Create(model);
        using var few = VisionEngine.Create(model, new() { Confidence = .5f, MaxResults = 2 });
        all.Run(image.View).Objects.Count.ShouldBeGreaterThan(2);
        var found = few.Run(image.View).Objects;
        found.Count.ShouldBeInRange(1, 2);
        found.ShouldAllBe(one => one.Score > .5f);
    }

    [Fact]
    public void Poses_have_key_points_and_oriented_boxes_their_angle()
    {
        using var posed = UntypedOnnxModel.Load(PathOf("desk-pose/desk-pose.onnx"), Cpu);
        using var poses = VisionEngine.Create(posed);
        using var turned = UntypedOnnxModel.Load(PathOf("desk-obb/desk-obb.onnx"), Cpu);
        using var boxes = VisionEngine.Create(turned);
        var images = ShippedModels.Scenes();
        images.SelectMany(image => poses.Run(image.View).Objects).ShouldContain(one => one.KeyPoints.Length > 0);
        var found = images.SelectMany(image => boxes.Run(image.View).Objects).ToArray();
        found.ShouldNotBeEmpty();
        found.ShouldAllBe(one => one.OrientedBox != null);
    }

    [Fact]
    public void Faces_have_no_label_and_five_points()
    {
        using var model = UntypedOnnxModel.Load(PathOf("faces/faces-scrfd.onnx"), Cpu);
        using var engine = VisionEngine.Create(model);
        var found = engine.Run(ShippedModels.FacePictures()[0].View).Objects;
        found.ShouldNotBeEmpty();
        found.ShouldAllBe(one => one.LabelName == null && one.KeyPoints.Length == 5);
    }

    [Fact]
    public void A_class_map_and_classes_come_with_the_preparation_that_the_metadata_does_not_say()
    {
        using var model = UntypedOnnxModel.Load(PathOf("desk-semantic/desk-semantic.onnx"), Cpu);
        Should.Throw<TensorException>(() => VisionEngine.Create(model)).Message
            .ShouldContain("does not say how images are prepared");
        using var engine = VisionEngine.Create(model, new() { Segmentation = SegmentationPreprocessing.Torchvision });
        var image = ShippedModels.Scenes()[0];
        var map = engine.Run(image.View).ClassMap.ShouldNotBeNull();
        (map.Width, map.Height).ShouldBe((image.Width, image.Height));
        using var classifier = UntypedOnnxModel.Load(PathOf("desk-classify/desk-classify.onnx"), Cpu);
        using var classes = VisionEngine.Create(
            classifier, new() { MaxResults = 3, Classification = ClassificationPreprocessing.Torchvision });
        classes.Run(image.View).Classes.Count.ShouldBe(3);
        classes.Labels.ShouldContain(classes.Run(image.View).Classes[0].LabelName);
    }

    [Fact]
    public void An_option_that_the_family_does_not_have_is_refused()
    {
        using var model = UntypedOnnxModel.Load(PathOf("desk-classify/desk-classify.onnx"), Cpu);
        Should.Throw<ModelOptionException>(() => VisionEngine.Create(model, new() { Iou = .5f })).Message
            .ShouldContain("VisionEngineOptions.Iou is set, and a model of the family Classification has no such option");
    }

    [Fact]
    public void A_model_of_no_family_is_an_error_that_says_what_its_tensors_are()
    {
        var bytes = new OnnxModelBuilder().Input("x", ElementType.Float, 4).Output("y", ElementType.Float, 4)
            .Node("Identity", ["x"], ["y"]).ToBytes();
        using var model = UntypedOnnxModel.Load(bytes, Cpu);
        Should.Throw<ModelFamilyException>(() => VisionEngine.Create(model)).Message
            .ShouldContain("neither its tensors (x: float [4], y: float [4]) nor its metadata");
        ModelFamily.Find(model.Description).ShouldBeNull();
        Should.Throw<ModelFamilyException>(() => ModelFamily.Of(model.Description, "YoloDetect")).Message
            .ShouldContain("not of the family YoloDetect");
        Should.Throw<ModelFamilyException>(() => ModelFamily.Of(model.Description, "Yolo99")).Message
            .ShouldContain("'Yolo99' is no family. The families are YoloSeg");
    }

    private static string PathOf(string file) => Path.Combine(TestPaths.RepositoryRoot, "samples", "models", file);
}
