namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>An engine of any family.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Processing">What it does where.</param>
/// <param name="Detect">Runs a batch.</param>
/// <param name="DetectAsync">Runs one picture without a thread that waits.</param>
/// <param name="Fill">Runs one picture into a list of the caller, which is the same in each call.</param>
internal sealed record TypedEngine(IDisposable Engine, EngineProcessing Processing, Func<ImageMemory[], Outcome[][]> Detect,
    Func<ImageMemory, Task<Outcome[]>> DetectAsync, Action<ImageMemory> Fill) : IDisposable
{
    /// <summary>An engine that finds objects.</summary>
    public static TypedEngine Of<TObject>(DetectionEngine<TObject> engine, Func<IEnumerable<TObject>, Outcome[]> outcomes)
        where TObject : struct
    {
        var found = new List<TObject>();
        return new(engine, engine.Processing, pictures => [.. engine.Detect(pictures).Select(outcomes)],
            async picture => outcomes(await engine.DetectAsync(picture)), picture => engine.Detect(picture, found));
    }

    /// <summary>An engine that finds objects with masks or key points.</summary>
    public static TypedEngine Of<TObject, TBuffer>(
        DetectionEngine<TObject, TBuffer> engine, Func<IEnumerable<TObject>, Outcome[]> outcomes, TBuffer buffer)
        where TObject : struct
        where TBuffer : ResultBuffer
    {
        var found = new List<TObject>();
        return Of(engine, outcomes) with { Fill = picture => engine.Detect(picture, found, buffer) };
    }

    public static TypedEngine Of<TLabel>(ClassificationEngine<TLabel> engine)
        where TLabel : unmanaged, Enum
    {
        var found = new List<ClassificationResult<TLabel>>();
        return new(engine, engine.Processing, pictures => [.. engine.Classify(pictures).Select(Outcome.Of)],
            async picture => Outcome.Of(await engine.ClassifyAsync(picture)), picture => engine.Classify(picture, found));
    }

    public static TypedEngine Of<TLabel>(SemanticSegmentationEngine<TLabel> engine)
        where TLabel : unmanaged, Enum
    {
        var map = new ClassMap<TLabel>();
        return new(engine, engine.Processing, pictures => [.. engine.Segment(pictures).Select(Outcome.Of)],
            async picture => Outcome.Of(await engine.SegmentAsync(picture)), picture => engine.Segment(picture, map));
    }

    /// <summary>The results of one picture.</summary>
    public Outcome[] One(ImageMemory picture) => Detect([picture]).Single();

    public void Dispose() => Engine.Dispose();
}
