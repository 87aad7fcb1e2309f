using TrtBindings.Vision;
using TrtBindings.Vision.Tests.Accuracy;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Benchmarks;

/// <summary>
/// Cost of each engine around its model, for a picture of 640 x 480 with 20 objects: compared with the inference of the shipped
/// model, and in milliseconds. One of the two bars must hold.
/// </summary>
internal static class EngineCostRows
{
    private const int Objects = 20;

    /// <summary>A low threshold, so that there are always 20 objects and suppression has much to do.</summary>
    private const float Low = .001f;

    private static readonly (string Name, Func<MeasuredEngine> Open)[] Engines =
    [
        ("YoloSegEngine, desk-seg", () => Segment(SampleModels.Dense())),
        ("YoloSegEngine, desk-seg-e2e", () => Segment(SampleModels.EndToEnd())),
        ("YoloDetectEngine, desk-detect", () => Detect(ShippedModels.Detect())),
        ("YoloPoseEngine, desk-pose", () => Pose(DeskPoseAccuracy.Load())),
        ("YoloObbEngine, desk-obb", () => Orient(DeskObbAccuracy.Load())),
        ("ScrfdEngine, faces-scrfd", () => Faces(ShippedModels.Faces())),
        ("MaskRcnnEngine, desk-maskrcnn-480x640", () => MaskRcnn(ShippedModels.MaskRcnn())),
        ("SemanticSegmentationEngine, desk-semantic", () => Semantic(ShippedModels.Semantic())),
        ("ClassificationEngine, digits-vit",
            () => Classify(ShippedModels.Digits(), new() { Mean = ChannelValues.All(.5f), Deviation = ChannelValues.All(.5f) })),
        ("ClassificationEngine, desk-classify",
            () => Classify(DeskClassifyAccuracy.Load(), ClassificationPreprocessing.Ultralytics)),
    ];

    public static IEnumerable<Row> Measure()
    {
        foreach (var (name, open) in Engines)
        {
            using var engine = open();
            var (around, inference) = engine.Measure(Objects);
            yield return Row.ShareOrTime($"{name}: pre + post", .25, 3, around, inference);
            yield return Row.Zero("  allocated", engine.Bytes(), "bytes");
        }
    }

    private static MeasuredEngine Segment<TLabel>(IYoloSegModel<TLabel> model)
        where TLabel : unmanaged, Enum
    {
        var engine = YoloSegEngine.Create(model, new() { Confidence = Low, MaxDetections = Objects });
        var (image, found, masks) = (CostPictures.Desk(), new List<InstanceDetection<TLabel>>(), new MaskBuffer());
        return new(model, engine, () => engine.Detect(image.View, found, masks), () => engine.LastTimings, () => found.Count);
    }

    private static MeasuredEngine Detect<TLabel>(IYoloDetectModel<TLabel> model)
        where TLabel : unmanaged, Enum
    {
        var engine = YoloDetectEngine.Create(model, new() { Confidence = Low, MaxDetections = Objects });
        var (image, found) = (CostPictures.Desk(), new List<Detection<TLabel>>());
        return new(model, engine, () => engine.Detect(image.View, found), () => engine.LastTimings, () => found.Count);
    }

    private static MeasuredEngine Pose<TLabel>(IYoloPoseModel<TLabel> model)
        where TLabel : unmanaged, Enum
    {
        var engine = YoloPoseEngine.Create(model, new() { Confidence = Low, MaxDetections = Objects });
        var (image, found, points) = (CostPictures.Desk(), new List<YoloPose<TLabel>>(), new KeyPointBuffer());
        return new(model, engine, () => engine.Detect(image.View, found, points), () => engine.LastTimings, () => found.Count);
    }

    private static MeasuredEngine Orient<TLabel>(IYoloObbModel<TLabel> model)
        where TLabel : unmanaged, Enum
    {
        var engine = YoloObbEngine.Create(model, new() { Confidence = Low, MaxDetections = Objects });
        var (image, found) = (CostPictures.Desk(), new List<YoloOrientedDetection<TLabel>>());
        return new(model, engine, () => engine.Detect(image.View, found), () => engine.LastTimings, () => found.Count);
    }

    private static MeasuredEngine Faces(IScrfdModel model)
    {
        var engine = ScrfdEngine.Create(
            model, new() { InputWidth = 640, InputHeight = 480, Confidence = .002f, MaxFaces = Objects });
        var (image, found) = (CostPictures.Faces(), new List<FaceDetection>());
        return new(model, engine, () => engine.Detect(image.View, found), () => engine.LastTimings, () => found.Count);
    }

    private static MeasuredEngine MaskRcnn<TLabel>(IMaskRcnnModel<TLabel> model)
        where TLabel : unmanaged, Enum
    {
        var engine = MaskRcnnEngine.Create(model, new() { Confidence = Low, MaxDetections = Objects });
        var (image, found, masks) = (CostPictures.Desk(), new List<InstanceDetection<TLabel>>(), new MaskBuffer());
        return new(model, engine, () => engine.Detect(image.View, found, masks), () => engine.LastTimings, () => found.Count);
    }

    private static MeasuredEngine Semantic<TLabel>(ISemanticSegmentationModel<TLabel> model)
        where TLabel : unmanaged, Enum
    {
        var engine = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.UnitRange with { ShortSide = 480 });
        var (image, map) = (CostPictures.Desk(), new ClassMap<TLabel>());
        return new(model, engine, () => engine.Segment(image.View, map), () => engine.LastTimings, null);
    }

    private static MeasuredEngine Classify<TLabel>(
        IClassificationModel<TLabel> model, ClassificationPreprocessing preprocessing)
        where TLabel : unmanaged, Enum
    {
        var engine = ClassificationEngine.Create(model, preprocessing);
        var (image, found) = (CostPictures.Desk(), new List<ClassificationResult<TLabel>>());
        return new(model, engine, () => engine.Classify(image.View, found), () => engine.LastTimings, null);
    }
}
