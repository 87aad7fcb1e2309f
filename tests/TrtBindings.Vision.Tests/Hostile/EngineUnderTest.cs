using System.Globalization;
using TrtBindings.Vision.Tests.Classification;
using TrtBindings.Vision.Tests.SemanticSegmentation;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Hostile;

/// <summary>An engine on a small model. Its results are text, so that one test can run every engine.</summary>
internal sealed class EngineUnderTest : IDisposable
{
    private readonly IDisposable _engine;

    private EngineUnderTest(
        IHookedModel model, IDisposable engine, Func<ImageMemory, string> one, Func<ImageMemory[], IEnumerable<string>> many,
        Func<ImageMemory, string> own, Func<ImageMemory[], string> ownMany,
        Func<ImageMemory, CancellationToken, Task<string>> oneAsync, Func<ImageMemory[], Task<IEnumerable<string>>> manyAsync)
    {
        (Model, _engine, One, Own, OneAsync, ManyAsync) = (model, engine, one, own, oneAsync, manyAsync);
        Many = images => [.. many(images)];
        OwnMany = ownMany;
    }

    public static TheoryData<string> Names { get; } =
    [
        "YoloSeg", "YoloDetect", "YoloPose", "YoloObb", "Scrfd", "MaskRcnnSlots", "MaskRcnnList", "Classes", "Pixels", "OnePlane",
    ];

    public IHookedModel Model { get; }

    /// <summary>The results of one picture.</summary>
    public Func<ImageMemory, string> One { get; }

    /// <summary>The results of several pictures in one call.</summary>
    public Func<ImageMemory[], string[]> Many { get; }

    /// <summary>The results of one picture, in the caller's memory.</summary>
    public Func<ImageMemory, string> Own { get; }

    /// <summary>The results of the first of several pictures, in the caller's memory.</summary>
    public Func<ImageMemory[], string> OwnMany { get; }

    /// <summary>The results of one picture, by an asynchronous call.</summary>
    public Func<ImageMemory, CancellationToken, Task<string>> OneAsync { get; }

    /// <summary>The results of several pictures, by one asynchronous call.</summary>
    public Func<ImageMemory[], Task<IEnumerable<string>>> ManyAsync { get; }

    /// <summary>An engine for one image a call.</summary>
    public static EngineUnderTest Of(string name) => name switch
    {
        "YoloSeg" => Segments(SyntheticYoloSeg.Of(SyntheticHead.Random(1, anchors: 60, side: 64, grid: 16))),
        "YoloDetect" => Boxes(Yolo(0), model => YoloDetectEngine.Create(model)),
        "YoloPose" => Boxes(Yolo(3), model => YoloPoseEngine.Create(model)),
        "YoloObb" => Boxes(Yolo(1), model => YoloObbEngine.Create(model)),
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
        var engine = YoloSegEngine.Create(model);
        return Objects(model, engine, (image, list) => engine.Detect(image.View, list, new()),
            (images, list) => engine.Detect(images, [list], new()));
    }

    private static EngineUnderTest Boxes<T>(SyntheticYolo model, Func<SyntheticYolo, DetectionEngine<T>> make)
        where T : struct
    {
        var engine = make(model);
        return Objects(
            model, engine, (image, list) => engine.Detect(image.View, list), (images, list) => engine.Detect(images, [list]));
    }

    private static EngineUnderTest Faces(UntypedScrfd model)
    {
        var engine = ScrfdEngine.Create(model, new() { InputWidth = 96, InputHeight = 64 });
        return Objects(
            model, engine, (image, list) => engine.Detect(image.View, list), (images, list) => engine.Detect(images, [list]));
    }

    private static EngineUnderTest Instances(UntypedMaskRcnn<Thing> model)
    {
        var engine = MaskRcnnEngine.Create(model, new() { Confidence = .1f });
        return Objects(model, engine, (image, list) => engine.Detect(image.View, list, new()),
            (images, list) => engine.Detect(images, [list], new()));
    }

    private static EngineUnderTest Objects<T>(
        IHookedModel model, DetectionEngine<T> engine, Action<ImageMemory, List<T>> own, Action<ImageMemory[], List<T>> ownMany)
        where T : struct => new(
            model, engine, image => Text(engine.Detect(image.View)), images => engine.Detect(images).Select(Text),
            image => Filled<T>(list => own(image, list)), images => Filled<T>(list => ownMany(images, list)),
            async (image, token) => Text(await engine.DetectAsync(image.View, token)),
            async images => (await engine.DetectAsync(images)).Select(Text));

    private static EngineUnderTest Classes(UntypedClassifier<Thing> model)
    {
        var engine = ClassificationEngine.Create(model, ClassificationPreprocessing.Ultralytics);
        return new(model, engine, image => Text(engine.Classify(image.View)), images => engine.Classify(images).Select(Text),
            image => Filled<ClassificationResult<Thing>>(list => engine.Classify(image.View, list)),
            images => Filled<ClassificationResult<Thing>>(list => engine.Classify(images, [list])),
            async (image, token) => Text(await engine.ClassifyAsync(image.View, token)),
            async images => (await engine.ClassifyAsync(images)).Select(Text));
    }

    private static EngineUnderTest Pixels(UntypedSegmenter<SmallSegmenter.Paint> model)
    {
        var engine = SemanticSegmentationEngine.Create(model, SegmentationPreprocessing.UnitRange);
        static string Filled(Action<ClassMap<SmallSegmenter.Paint>> fill)
        {
            var map = new ClassMap<SmallSegmenter.Paint>();
            fill(map);
            return Text(map);
        }

        return new(model, engine, image => Text(engine.Segment(image.View)), images => engine.Segment(images).Select(Text),
            image => Filled(map => engine.Segment(image.View, map)), images => Filled(map => engine.Segment(images, [map])),
            async (image, token) => Text(await engine.SegmentAsync(image.View, token)),
            async images => (await engine.SegmentAsync(images)).Select(Text));
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
