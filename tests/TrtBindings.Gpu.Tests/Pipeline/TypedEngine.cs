
namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>An engine of any family.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Processing">What it does where.</param>
/// <param name="Detect">Runs a batch.</param>
/// <param name="DetectAsync">Runs one picture without a thread that waits.</param>
internal sealed record TypedEngine(IDisposable Engine, EngineProcessing Processing, Func<ImageMemory[], Outcome[][]> Detect,
    Func<ImageMemory, Task<Outcome[]>> DetectAsync) : IDisposable
{
    /// <summary>An engine that finds objects.</summary>
    public static TypedEngine Of<TObject>(DetectionEngine<TObject> engine, Func<IEnumerable<TObject>, Outcome[]> outcomes)
        where TObject : struct =>
        new(engine, engine.Processing, pictures => [.. engine.Detect(pictures).Select(outcomes)],
            async picture => outcomes(await engine.DetectAsync(picture)));

    public static TypedEngine Of<TLabel>(ClassificationEngine<TLabel> engine)
        where TLabel : unmanaged, Enum =>
        new(engine, engine.Processing, pictures => [.. engine.Classify(pictures).Select(Outcome.Of)],
            async picture => Outcome.Of(await engine.ClassifyAsync(picture)));

    public static TypedEngine Of<TLabel>(SemanticSegmentationEngine<TLabel> engine)
        where TLabel : unmanaged, Enum =>
        new(engine, engine.Processing, pictures => [.. engine.Segment(pictures).Select(Outcome.Of)],
            async picture => Outcome.Of(await engine.SegmentAsync(picture)));

    /// <summary>The results of one picture.</summary>
    public Outcome[] One(ImageMemory picture) => Detect([picture]).Single();

    public void Dispose() => Engine.Dispose();
}
