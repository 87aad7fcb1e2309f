using System.Globalization;
using TrtBindings.Vision.Tests.Classification;
using TrtBindings.Vision.Tests.SemanticSegmentation;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Hostile;

/// <summary>An engine on a small model that gives its results as text, so that one test is for every engine.</summary>
internal sealed class EngineUnderTest : IDisposable
{
    private readonly IDisposable _engine;

    private EngineUnderTest(
        IHookedModel model, IDisposable engine, Func<Image, string> one, Func<Image[], IEnumerable<string>> many,
        Func<Image, string> own, Func<Image[], string> ownMany)
    {
        (Model, _engine, One, Own) = (model, engine, one, own);
        Many = images => [.. many(images)];
        OwnMany = ownMany;
    }

    public static TheoryData<string> Names { get; } =
    [
        "YoloSeg", "YoloDetect", "YoloPose", "YoloObb", "Scrfd", "MaskRcnnSlots", "MaskRcnnList", "Classes", "Pixels", "OnePlane",
    ];

    public IHookedModel Model { get; }

    /// <summary>What one picture gives.</summary>
    public Func<Image, string> One { get; }

    /// <summary>What several pictures give together.</summary>
    public Func<Image[], string[]> Many { get; }

    /// <summary>What one picture gives in the caller's memory.</summary>
    public Func<Image, string> Own { get; }

    /// <summary>What the first of several pictures gives in the caller's memory.</summary>
    public Func<Image[], string> OwnMany { get; }

    /// <summary>An engine for one image a call.</summary>
    public static EngineUnderTest Of(string name) => name switch
    {
        "YoloSeg" => Segments(SyntheticYoloSeg.Of(SyntheticHead.Random(1, anchors: 60, side: 64, grid: 16))),
        "YoloDetect" => Boxes(Yolo(0), model => YoloDetectEngine.For(model)),
        "YoloPose" => Boxes(Yolo(3), model => YoloPoseEngine.For(model)),
        "YoloObb" => Boxes(Yolo(1), model => YoloObbEngine.For(model)),
        "Scrfd" => Faces(SyntheticScrfd.Load(ScrfdForm.ThreeStridesKeyPoints)),
        "MaskRcnnSlots" => Instances(Masks(MaskRcnnForm.FixedSlots).Sized(64L, 96L).Load()),
        "MaskRcnnList" => Instances(Masks(MaskRcnnForm.Torchvision).Load()),
        "Classes" => Classes(SmallClassifier.Load()),
        "Pixels" => Pixels(SmallSegmenter.Load(height: 32L, width: 48L)),
        _ => Pixels(SmallSegmenter.LoadPlane()),
    };

    public void Dispose() => _engine.Dispose();

    private static EngineUnderTest Segments(SyntheticYoloSeg model)
    {
        var engine = YoloSegEngine.For(model);
        return new(model, engine, image => Text(engine.Detect(image.View)), images => engine.Detect(images).Select(Text),
            image => Filled<YoloSegDetection<Thing>>(list => engine.Detect(image.View, list, new())),
            images => Filled<YoloSegDetection<Thing>>(list => engine.Detect(images, [list], new())));
    }

    private static EngineUnderTest Boxes<T>(SyntheticYolo model, Func<SyntheticYolo, YoloEngine<T>> make)
        where T : struct
    {
        var engine = make(model);
        return new(model, engine, image => Text(engine.Detect(image.View)), images => engine.Detect(images).Select(Text),
            image => Filled<T>(list => engine.Detect(image.View, list)),
            images => Filled<T>(list => engine.Detect(images, [list])));
    }

    private static EngineUnderTest Faces(UntypedScrfd model)
    {
        var engine = ScrfdEngine.For(model, new() { InputWidth = 96, InputHeight = 64 });
        return new(model, engine, image => Text(engine.Detect(image.View)), images => engine.Detect(images).Select(Text),
            image => Filled<FaceDetection>(list => engine.Detect(image.View, list)),
            images => Filled<FaceDetection>(list => engine.Detect(images, [list])));
    }

    private static EngineUnderTest Instances(UntypedMaskRcnn<Thing> model)
    {
        var engine = MaskRcnnEngine.For(model, new() { Confidence = .1f });
        return new(model, engine, image => Text(engine.Detect(image.View)), images => engine.Detect(images).Select(Text),
            image => Filled<MaskRcnnDetection<Thing>>(list => engine.Detect(image.View, list, new())),
            images => Filled<MaskRcnnDetection<Thing>>(list => engine.Detect(images, [list], new())));
    }

    private static EngineUnderTest Classes(UntypedClassifier<Thing> model)
    {
        var engine = ClassificationEngine.For(model, ClassificationPreprocessing.Ultralytics);
        return new(model, engine, image => Text(engine.Classify(image.View)), images => engine.Classify(images).Select(Text),
            image => Filled<ClassificationResult<Thing>>(list => engine.Classify(image.View, list)),
            images => Filled<ClassificationResult<Thing>>(list => engine.Classify(images, [list])));
    }

    private static EngineUnderTest Pixels(UntypedSegmenter<SmallSegmenter.Paint> model)
    {
        var engine = SemanticSegmentationEngine.For(model, SegmentationPreprocessing.UnitRange);
        string Filled(Action<ClassMap<SmallSegmenter.Paint>> fill)
        {
            var map = new ClassMap<SmallSegmenter.Paint>();
            fill(map);
            return Text(map);
        }

        return new(model, engine, image => Text(engine.Segment(image.View)), images => engine.Segment(images).Select(Text),
            image => Filled(map => engine.Segment(image.View, map)), images => Filled(map => engine.Segment(images, [map])));
    }

    private static SyntheticYolo Yolo(int others)
    {
        var head = SyntheticHead.Random(1, anchors: 60, side: 64, grid: 2).Predictions.AsSpan(0, 9 * 60);
        return new(YoloForm.Dense, 9 + others, 60, [[.. head, .. Enumerable.Repeat(.5f, others * 60)]], 64);
    }

    private static SyntheticMaskRcnn Masks(MaskRcnnForm form) => new SyntheticMaskRcnn(form)
        .Add(0, 0, 9, 7, 1, .9f).Add(1, 1, 40, 30, 2, .8f).Add(0, 0, 0, 0, 0, 0);

    private static string Filled<T>(Action<List<T>> fill)
    {
        var found = new List<T>();
        fill(found);
        return Text(found);
    }

    private static string Text<T>(IReadOnlyList<T> found) => string.Join("; ", found);

    private static string Text<T>(ClassMap<T> map)
        where T : unmanaged, Enum =>
        string.Create(CultureInfo.InvariantCulture, $"{map.Width}x{map.Height} {Convert.ToHexString(map.Values)}");
}
