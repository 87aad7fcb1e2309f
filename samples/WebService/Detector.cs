using System.Collections.Concurrent;
using TrtBindings.Vision;

namespace WebService;

/// <summary>
/// Engines for requests that come at the same time. An engine takes one call at a time, and engines share the model.
/// </summary>
internal sealed class Detector(DeskDetect model) : IDisposable
{
    private readonly ConcurrentBag<YoloDetectEngine<DeskDetect.Label>> _free = [];

    public async Task<IReadOnlyList<Detection<DeskDetect.Label>>> DetectAsync(ImageMemory picture, CancellationToken cancelled)
    {
        if (!_free.TryTake(out var engine)) engine = YoloDetectEngine.Create(model, new() { Confidence = 0.4f });
        try
        {
            return await engine.DetectAsync(picture.View, cancelled);
        }
        finally
        {
            _free.Add(engine);
        }
    }

    /// <summary>The host calls it when all requests have ended.</summary>
    public void Dispose()
    {
        foreach (var engine in _free) engine.Dispose();
    }
}
