namespace TrtBindings.Vision.AnyFamily;

/// <summary>An engine of one family behind the members that all have.</summary>
internal abstract class WrappedEngine<TResult>(ModelFamily family, ModelSignature signature, ImageEngine<TResult> engine)
    : VisionEngine(family, signature)
    where TResult : class
{
    public override int MaxBatch => engine.MaxBatch;

    public override int? InputWidth => engine.InputWidth;

    public override int? InputHeight => engine.InputHeight;

    public override EngineProcessing Processing => engine.Processing;

    public override EngineTimings LastTimings => engine.LastTimings;

    public override (int Width, int Height) InputSizeOf(int imageWidth, int imageHeight) =>
        engine.InputSizeOf(imageWidth, imageHeight);

    public override void Dispose() => engine.Dispose();
}

/// <summary>An engine that finds objects.</summary>
internal sealed class ObjectEngine<TObject>(
    ModelFamily family, ModelSignature signature, DetectionEngine<TObject> engine, Func<TObject, ClassNumber?> labelOf)
    : WrappedEngine<List<TObject>>(family, signature, engine)
    where TObject : struct, IDetection
{
    public override VisionResult Run(ImageView image, CancellationToken cancellationToken = default) =>
        Labelled(engine.Detect(image, cancellationToken));

    public override IReadOnlyList<VisionResult> Run(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default) =>
        [.. engine.Detect(images, cancellationToken).Select(Labelled)];

    private VisionResult Labelled(IReadOnlyList<TObject> found) => new() { Objects = [.. found.Select(Labelled)] };

    private LabelledObject Labelled(TObject one) =>
        new(labelOf(one) is { } label ? NameOf(label) : null, one.ClassIndex, one.Score, one.Box)
        {
            OrientedBox = one.OrientedBox,
            Mask = one.Mask,
            KeyPoints = one.KeyPoints,
        };
}

/// <summary>A classifier.</summary>
internal sealed class ClassEngine(ModelFamily family, ModelSignature signature, ClassificationEngine<ClassNumber> engine)
    : WrappedEngine<List<ClassificationResult<ClassNumber>>>(family, signature, engine)
{
    public override VisionResult Run(ImageView image, CancellationToken cancellationToken = default) =>
        Labelled(engine.Classify(image, cancellationToken));

    public override IReadOnlyList<VisionResult> Run(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default) =>
        [.. engine.Classify(images, cancellationToken).Select(Labelled)];

    private VisionResult Labelled(IReadOnlyList<ClassificationResult<ClassNumber>> found) => new()
    {
        Classes = [.. found.Select(one => new LabelledClass(NameOf(one.Label), one.ClassIndex, one.Score))],
    };
}

/// <summary>An engine that gives every pixel a class.</summary>
internal sealed class MapEngine(
    ModelFamily family, ModelSignature signature, SemanticSegmentationEngine<ClassNumber> engine)
    : WrappedEngine<ClassMap<ClassNumber>>(family, signature, engine)
{
    public override VisionResult Run(ImageView image, CancellationToken cancellationToken = default) =>
        new() { ClassMap = engine.Segment(image, cancellationToken) };

    public override IReadOnlyList<VisionResult> Run(
        ReadOnlySpan<ImageMemory> images, CancellationToken cancellationToken = default) =>
        [.. engine.Segment(images, cancellationToken).Select(map => new VisionResult { ClassMap = map })];
}
