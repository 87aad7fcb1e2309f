using TrtBindings.TensorRT.Cache;

namespace TrtBindings.Tests.Backends.TensorRT.Cache;

/// <summary>A cache in a temporary folder, with keys and plans to store.</summary>
public abstract class CacheFixture : IDisposable
{
    private protected string Folder { get; } = Directory.CreateTempSubdirectory("trtb-cache-").FullName;

    private protected static EngineCacheKey Key { get; } = new()
    {
        ModelName = "/models/yolo11n-seg.onnx",
        Model = ContentHash.Of("the model"u8),
        Weights = [new("weights.bin", ContentHash.Of("the weights"u8))],
        Profiles = "batch=1..4..16",
        Precision = "fp32",
        Options = [new("TF32", "off"), new("level", "3")],
        TensorRtVersion = "10.6.0.26",
        Gpu = "NVIDIA H100",
    };

    private protected EngineCache Open(long sizeLimit = long.MaxValue) => EngineCache.Open(Folder, sizeLimit);

    private protected static byte[] Plan(int length, int seed = 1)
    {
        var plan = new byte[length];
        new Random(seed).NextBytes(plan);
        return plan;
    }

    private protected static string Store(EngineCache cache, EngineCacheKey key, byte[] plan) =>
        cache.Store(key, new MemoryStream(plan));

    private protected static string MissOf(EngineCache cache, EngineCacheKey key)
    {
        cache.TryGet(key, out var engine, out var why).ShouldBeFalse();
        engine.ShouldBeNull();
        why.ShouldNotContain("\n");
        return why;
    }

    private protected string[] Names(string pattern) =>
        [.. Directory.GetFiles(Folder, pattern).Select(path => Path.GetFileName(path)!)];

    private protected string SidecarPath => Directory.GetFiles(Folder, "*.json").Single();

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
