using System.Text.Json.Serialization;

namespace TrtBindings.Cli.Caches;

/// <summary>What <c>trtb cache list</c> says.</summary>
/// <param name="Folder">The cache.</param>
/// <param name="Bytes">Bytes of all engines.</param>
/// <param name="Engines">The engines, the most recently used first.</param>
/// <param name="Refused">Engines that were built and not kept, the latest first.</param>
/// <param name="Unreadable">Files of the cache that cannot be used.</param>
internal sealed record CacheListReport(string Folder, long Bytes, IReadOnlyList<CachedEngineReport> Engines,
    IReadOnlyList<RefusedEngineReport> Refused, IReadOnlyList<UnreadableEngineReport> Unreadable);

/// <param name="Model">The model's path when the engine was built.</param>
/// <param name="Refused">When it was refused.</param>
/// <param name="Reason">Why.</param>
/// <param name="Precision">The types that it might compute in.</param>
/// <param name="Profiles">Ranges of the dynamic dimensions.</param>
/// <param name="File">The file that remembers it.</param>
internal sealed record RefusedEngineReport(
    string Model, DateTimeOffset Refused, string Reason, string Precision, string Profiles, string File)
{
    public static RefusedEngineReport Of(RefusedEngine engine) =>
        new(engine.Model, engine.Refused, engine.Reason, engine.Precision, engine.Profiles, engine.File);
}

/// <param name="Files">The files.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Why">What is wrong with them.</param>
internal sealed record UnreadableEngineReport(IReadOnlyList<string> Files, long Bytes, string Why)
{
    public static UnreadableEngineReport Of(UnreadableEngine engine) => new(engine.Files, engine.Bytes, engine.Why);
}

/// <param name="Model">The model's path when the engine was built.</param>
/// <param name="ModelExists">Whether it is still there.</param>
/// <param name="Bytes">Bytes of the engine.</param>
/// <param name="TensorRt">The TensorRT that it is for.</param>
/// <param name="Gpu">The GPU that it is for.</param>
/// <param name="Precision">The types that it may compute in.</param>
/// <param name="Profiles">Ranges of the dynamic dimensions.</param>
/// <param name="Built">When it was built.</param>
/// <param name="LastUsed">When it was last stored or loaded.</param>
/// <param name="Parity">How it answered beside ONNX Runtime.</param>
/// <param name="File">The engine.</param>
internal sealed record CachedEngineReport(string Model, bool ModelExists, long Bytes, string TensorRt, string Gpu,
    string Precision, string Profiles, DateTimeOffset Built, DateTimeOffset LastUsed, string Parity, string File)
{
    public static CachedEngineReport Of(StoredEngine engine) =>
        new(engine.Model, System.IO.File.Exists(engine.Model), engine.Bytes, engine.TensorRtVersion, engine.Gpu, engine.Precision,
            engine.Profiles, engine.Stored, engine.LastUsed, ParityWords.Of(engine.Parity), engine.EngineFile)
        {
            Verdict = engine.Parity is not { } parity ? "not compared" : parity.Passed ? "right"
                : parity.NotCompared is null ? "strays" : "not compared",
        };

    /// <summary>The same in a word.</summary>
    public string Verdict { get; init; } = "";
}

/// <summary>What <c>trtb cache why</c> says.</summary>
/// <param name="Model">The model.</param>
/// <param name="Cached">Whether the cache has its engine.</param>
/// <param name="Why">Why it would be built; empty if the cache has it.</param>
internal sealed record CacheWhyReport(string Model, bool Cached, string Why);

/// <summary>What <c>trtb cache clear</c> did.</summary>
/// <param name="Folder">The cache.</param>
/// <param name="Removed">Number of engines that were removed.</param>
/// <param name="Bytes">Their bytes, and those of what could not be read.</param>
/// <param name="Forgotten">Number of refused engines that the cache remembered.</param>
/// <param name="Unreadable">Number of engines and verdicts that could not be read.</param>
internal sealed record CacheClearReport(string Folder, int Removed, long Bytes, int Forgotten, int Unreadable);

/// <summary>How the reports are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CacheListReport))]
[JsonSerializable(typeof(CacheWhyReport))]
[JsonSerializable(typeof(CacheClearReport))]
internal sealed partial class CacheJson : JsonSerializerContext;
