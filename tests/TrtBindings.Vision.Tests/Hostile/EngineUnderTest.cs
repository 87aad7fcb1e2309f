using System.Globalization;
using TrtBindings.Vision.Tests.Classification;
using TrtBindings.Vision.Tests.SemanticSegmentation;
using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Vision.Tests.Hostile;

/// <summary>An engine on a small model that gives its results as text, so that one test is for every engine.</summary>
internal sealed class EngineUnderTest : IDisposable
{
    private readonly IDisposable _engine;
    private readonly Func<Image[], IEnumerable<string>> _many;

    private EngineUnderTest(
        IHookedModel model, IDisposable engine, Func<Image, string> one, Func<Image[], IEnumerable<string>> many) =>
        (Model, _engine, One, _many) = (model, engine, one, many);

    public static TheoryData<string> Names { get; } =
    [
        "YoloSeg", "YoloDetect", "YoloPose", "YoloObb", "Scrfd", "MaskRcnnSlots", "MaskRcnnList", "Classes", "Pixels", "OnePlane",
    ];

    public IHookedModel Model { get; }

    /// <summary>What one picture gives.</summary>
    public Func<Image, string> One { get; }

    /// <summary>An engine for one image a call.</summary>
    public static EngineUnderTest Of(string name) => name switch
    {
        "YoloSeg" => Make(SyntheticYoloSeg.Of(SyntheticHead.Random(1, anchors: 60, side: 64, grid: 16)),
            model => YoloSegEngine.For(model), (e, i) => Text(e.Detect(i.View)), (e, all) => e.Detect(all).Select(Text)),
        "YoloDetect" => Make(Yolo(0), model => YoloDetectEngine.For(model),
            (e, i) => Text(e.Detect(i.View)), (e, all) => e.Detect(all).Select(Text)),
        "YoloPose" => Make(Yolo(3), model => YoloPoseEngine.For(model),
            (e, i) => Text(e.Detect(i.View)), (e, all) => e.Detect(all).Select(Text)),
        "YoloObb" => Make(Yolo(1), model => YoloObbEngine.For(model),
            (e, i) => Text(e.Detect(i.View)), (e, all) => e.Detect(all).Select(Text)),
        "Scrfd" => Make(SyntheticScrfd.Load(ScrfdForm.ThreeStridesKeyPoints),
            model => ScrfdEngine.For(model, new() { InputWidth = 96, InputHeight = 64 }),
            (e, i) => Text(e.Detect(i.View)), (e, all) => e.Detect(all).Select(Text)),
        "MaskRcnnSlots" => Make(Masks(MaskRcnnForm.FixedSlots).Sized(64L, 96L).Load(), model => MaskRcnnEngine.For(model),
            (e, i) => Text(e.Detect(i.View)), (e, all) => e.Detect(all).Select(Text)),
        "MaskRcnnList" => Make(
            Masks(MaskRcnnForm.Torchvision).Load(), model => MaskRcnnEngine.For(model, new() { Confidence = .1f }),
            (e, i) => Text(e.Detect(i.View)), (e, all) => e.Detect(all).Select(Text)),
        "Classes" => Make(
            SmallClassifier.Load(), model => ClassificationEngine.For(model, ClassificationPreprocessing.Ultralytics),
            (e, i) => Text(e.Classify(i.View)), (e, all) => e.Classify(all).Select(Text)),
        "Pixels" => Pixels(SmallSegmenter.Load(height: 32L, width: 48L)),
        _ => Pixels(SmallSegmenter.LoadPlane()),
    };

    /// <summary>What several pictures give together.</summary>
    public string[] Many(params Image[] images) => [.. _many(images)];

    public void Dispose() => _engine.Dispose();

    private static EngineUnderTest Pixels(UntypedSegmenter<SmallSegmenter.Paint> model) => Make(
        model, _ => SemanticSegmentationEngine.For(model, SegmentationPreprocessing.UnitRange),
        (e, i) => Text(e.Segment(i.View)), (e, all) => e.Segment(all).Select(Text));

    private static EngineUnderTest Make<TModel, TEngine>(
        TModel model, Func<TModel, TEngine> make, Func<TEngine, Image, string> one,
        Func<TEngine, Image[], IEnumerable<string>> many)
        where TModel : IHookedModel
        where TEngine : IDisposable
    {
        var engine = make(model);
        return new(model, engine, image => one(engine, image), images => many(engine, images));
    }

    private static SyntheticYolo Yolo(int others)
    {
        var head = SyntheticHead.Random(1, anchors: 60, side: 64, grid: 2).Predictions.AsSpan(0, 9 * 60);
        return new(YoloForm.Dense, 9 + others, 60, [[.. head, .. Enumerable.Repeat(.5f, others * 60)]], 64);
    }

    private static SyntheticMaskRcnn Masks(MaskRcnnForm form) => new SyntheticMaskRcnn(form)
        .Add(0, 0, 9, 7, 1, .9f).Add(1, 1, 40, 30, 2, .8f).Add(0, 0, 0, 0, 0, 0);

    private static string Text<T>(IReadOnlyList<T> found) => string.Join("; ", found);

    private static string Text<T>(ClassMap<T> map)
        where T : unmanaged, Enum =>
        string.Create(CultureInfo.InvariantCulture, $"{map.Width}x{map.Height} {Convert.ToHexString(map.Values)}");
}
