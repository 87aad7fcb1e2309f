using TrtBindings.Gpu.Tests.CudaProvider;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>A sample model and the engine of its family.</summary>
/// <param name="Name">Name of the .onnx.</param>
/// <param name="Batch">The most pictures of one call.</param>
/// <param name="Load">Loads the .onnx.</param>
/// <param name="LoadEngine">Loads its ready TensorRT engine; <see langword="null"/> where there is none.</param>
/// <param name="Open">Makes an engine.</param>
/// <param name="HasFaces">Whether it finds faces and not things.</param>
internal sealed record SampleModel(
    string Name, int Batch, Func<ModelOptions, OnnxModel> Load, Func<string, ModelOptions, OnnxModel>? LoadEngine,
    Func<OnnxModel, EngineChoice, TypedEngine> Open, bool HasFaces = false)
{
    private const float Confidence = 0.25f;

    public static SampleModel Seg { get; } = new("desk-seg", 8, options => DeskSeg.Load(options),
        (plan, options) => DeskSeg.LoadEngine(plan, options),
        (model, choice) => TypedEngine.Of(YoloSegEngine.Create((DeskSeg)model, choice.Of(new YoloSegOptions
        {
            Confidence = Confidence,
        })), Outcome.Of, new MaskBuffer()));

    public static SampleModel SegEndToEnd { get; } = new("desk-seg-e2e", 8, options => DeskSegE2e.Load(options),
        (plan, options) => DeskSegE2e.LoadEngine(plan, options),
        (model, choice) => TypedEngine.Of(YoloSegEngine.Create((DeskSegE2e)model, choice.Of(
            new YoloSegOptions { Confidence = Confidence })), Outcome.Of, new MaskBuffer()));

    public static SampleModel Detect { get; } = new("desk-detect", 8, options => DeskDetect.Load(options),
        (plan, options) => DeskDetect.LoadEngine(plan, options),
        (model, choice) => TypedEngine.Of(YoloDetectEngine.Create((DeskDetect)model, choice.Of(new YoloOptions
        {
            Confidence = Confidence,
        })), Outcome.Of));

    public static SampleModel Pose { get; } = new("desk-pose", 8, options => DeskPose.Load(options),
        (plan, options) => DeskPose.LoadEngine(plan, options),
        (model, choice) => TypedEngine.Of(YoloPoseEngine.Create((DeskPose)model, choice.Of(new YoloOptions
        {
            Confidence = Confidence,
        })), Outcome.Of, new KeyPointBuffer()));

    public static SampleModel Obb { get; } = new("desk-obb", 8, options => DeskObb.Load(options), null,
        (model, choice) => TypedEngine.Of(YoloObbEngine.Create((DeskObb)model, choice.Of(new YoloOptions
        {
            Confidence = Confidence,
        })), Outcome.Of));

    public static SampleModel Faces { get; } = new("faces-scrfd", 4, options => FacesScrfd.Load(options),
        (plan, options) => FacesScrfd.LoadEngine(plan, options),
        (model, choice) => TypedEngine.Of(ScrfdEngine.Create((FacesScrfd)model, choice.Of(new ScrfdOptions
        {
            InputWidth = 640, InputHeight = 480,
        })), Outcome.Of), HasFaces: true);

    public static SampleModel MaskRcnn { get; } = new("desk-maskrcnn-480x640", 1, options => DeskMaskrcnn480x640.Load(options),
        (plan, options) => DeskMaskrcnn480x640.LoadEngine(plan, options), (model, choice) => TypedEngine.Of(MaskRcnnEngine.Create(
            (DeskMaskrcnn480x640)model, choice.Of(new MaskRcnnOptions())), Outcome.Of, new MaskBuffer()));

    public static SampleModel MaskRcnnAsExported { get; } = new("desk-maskrcnn", 1, options => DeskMaskrcnn.Load(options), null,
        (model, choice) => TypedEngine.Of(MaskRcnnEngine.Create((DeskMaskrcnn)model, choice.Of(new MaskRcnnOptions())),
            Outcome.Of, new MaskBuffer()));

    public static SampleModel Semantic { get; } = new("desk-semantic", 1, options => DeskSemantic.Load(options), null,
        (model, choice) => TypedEngine.Of(SemanticSegmentationEngine.Create((DeskSemantic)model,
            SegmentationPreprocessing.UnitRange with { ShortSide = 384 }, choice.Of(new SemanticSegmentationOptions()))));

    public static SampleModel Classify { get; } = new("desk-classify", 8, options => DeskClassify.Load(options),
        (plan, options) => DeskClassify.LoadEngine(plan, options),
        (model, choice) => TypedEngine.Of(ClassificationEngine.Create((DeskClassify)model,
            ClassificationPreprocessing.Ultralytics, choice.Of(new ClassificationOptions { Top = 6 }))));

    public static SampleModel Digits { get; } = new("digits-vit", 8, options => DigitsVit.Load(options),
        (plan, options) => DigitsVit.LoadEngine(plan, options),
        (model, choice) => TypedEngine.Of(ClassificationEngine.Create((DigitsVit)model, ClassificationPreprocessing.Timm,
            choice.Of(new ClassificationOptions { Top = 10 }))));

    public static SampleModel[] All { get; } =
        [Seg, SegEndToEnd, Detect, Pose, Obb, Faces, MaskRcnn, MaskRcnnAsExported, Semantic, Classify, Digits];

    /// <summary>The model with a name.</summary>
    public static SampleModel Named(string name) => All.Single(one => one.Name == name);

    /// <summary>The pictures that it is shown.</summary>
    public ImageMemory[] Pictures() => HasFaces ? OnCuda.Faces() : OnCuda.Scenes();

    /// <summary>Loads its ready engine on TensorRT; skips the test where that cannot run.</summary>
    /// <param name="precision"><c>fp32</c> or <c>fp16</c>.</param>
    /// <param name="options">More options of TensorRT.</param>
    public OnnxModel LoadReady(string precision, TensorRtOptions? options = null)
    {
        ReadyEngine.RequireMachine();
        var plan = Path.Combine(GpuData.RequireUnpacked("tensorrt/own"), $"{Name}_{precision}.plan");
        return LoadEngine!(plan, ModelOptions.Require(BackendKind.TensorRT) with { TensorRT = options ?? new() });
    }

    /// <summary>Loads it on ONNX Runtime's CUDA provider; skips the test where that is not there.</summary>
    public OnnxModel LoadOnProvider()
    {
        OnCuda.Require();
        return Load(OnCuda.Options);
    }
}

/// <summary>What the tests choose of an engine's options.</summary>
/// <param name="Processing">Where pictures are prepared and results are made.</param>
/// <param name="MaxBatch">The most pictures of one call.</param>
/// <param name="MaxInFlight">The most calls at one time.</param>
internal sealed record EngineChoice(Processing Processing, int MaxBatch = 1, int MaxInFlight = 2)
{
    /// <summary>The options with the choice.</summary>
    public T Of<T>(T options)
        where T : EngineOptions
    {
        (options.Processing, options.MaxBatch, options.MaxInFlight) = (Processing, MaxBatch, MaxInFlight);
        return options;
    }
}
