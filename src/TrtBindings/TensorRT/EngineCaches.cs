using TrtBindings.Backends;
using TrtBindings.TensorRT.Building;
using TrtBindings.TensorRT.Cache;
using TrtBindings.TensorRT.Running;

namespace TrtBindings;

/// <summary>
/// What is in an engine cache: the folder in which built engines are kept. For tools and for an application's own upkeep.
/// </summary>
public static class EngineCaches
{
    /// <summary>
    /// The folder that is used where <see cref="TensorRtOptions.CacheFolder"/> names none. It may not exist yet.
    /// </summary>
    /// <exception cref="EngineCacheException">The user has no folder for caches.</exception>
    public static string DefaultFolder => EngineCacheFolder.Default();

    /// <summary>
    /// The engines in a cache, the most recently used first. Damaged ones are in <see cref="ListUnreadable"/>, foreign files in
    /// no list.
    /// </summary>
    /// <param name="folder">The folder; <see langword="null"/> for <see cref="DefaultFolder"/>. A missing one has no
    /// engines.</param>
    /// <exception cref="EngineCacheException">The folder cannot be read, or other users can write to it.</exception>
    public static IReadOnlyList<StoredEngine> List(string? folder = null) => Read<StoredEngine>(folder, path =>
        [.. CacheEntry.List(path).OrderByDescending(entry => entry.LastUsed).Select(entry => Of(path, entry))]);

    /// <summary>The engines that a cache remembers as refused, the latest first.</summary>
    /// <param name="folder">The folder; <see langword="null"/> for <see cref="DefaultFolder"/>.</param>
    /// <exception cref="EngineCacheException">The folder cannot be read, or other users can write to it.</exception>
    public static IReadOnlyList<RefusedEngine> ListRefused(string? folder = null) => Read<RefusedEngine>(folder, path =>
        [.. EngineRefusals.List(path).OrderByDescending(one => one.Refusal.Refused).Select(one => Of(one.Path, one.Refusal))]);

    /// <summary>
    /// What lies in a cache and cannot be used: engines whose description is damaged or gone, and verdicts that cannot be read.
    /// By their names they are the cache's. An engine that another process builds just now is left out.
    /// </summary>
    /// <param name="folder">The folder; <see langword="null"/> for <see cref="DefaultFolder"/>.</param>
    /// <exception cref="EngineCacheException">The folder cannot be read, or other users can write to it.</exception>
    public static IReadOnlyList<UnreadableEngine> ListUnreadable(string? folder = null) => Read<UnreadableEngine>(folder, path =>
        [.. UnreadableEntry.List(path).Select(entry => new UnreadableEngine(entry.Files, BytesOf(entry.Files), entry.Why))]);

    /// <summary>
    /// Removes an engine. A program that runs it keeps it in memory; the next load builds it again. An engine that is gone
    /// already is no error.
    /// </summary>
    /// <param name="engine">An engine of <see cref="List"/>.</param>
    /// <exception cref="EngineCacheException">The file cannot be removed.</exception>
    public static void Remove(StoredEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        // The description goes first: without it no process looks for the engine.
        Delete([engine.DescriptionFile, engine.EngineFile]);
    }

    /// <summary>Forgets that an engine was refused: the next load builds it. One that is forgotten already is no error.</summary>
    /// <param name="engine">An engine of <see cref="ListRefused"/>.</param>
    /// <exception cref="EngineCacheException">The file cannot be removed.</exception>
    public static void Remove(RefusedEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Delete([engine.File]);
    }

    /// <summary>Removes files that no load uses. Those that are gone already are no error.</summary>
    /// <param name="engine">An entry of <see cref="ListUnreadable"/>.</param>
    /// <exception cref="EngineCacheException">A file cannot be removed.</exception>
    public static void Remove(UnreadableEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Delete(engine.Files);
    }

    /// <summary>
    /// Says why a model's engine would be built, with the same options, or that the cache has it. TensorRT is loaded and asked
    /// for its version, because an engine is of one version and one GPU; nothing is built.
    /// </summary>
    /// <param name="modelFile">Path of the .onnx.</param>
    /// <param name="options">The options that the load would get.</param>
    /// <param name="cancellationToken">Ends the hashing of the model.</param>
    /// <returns>The reason, one line without a full stop; <see langword="null"/> if the cache has the engine.</returns>
    /// <exception cref="ModelFileException">The file is missing or is not a model.</exception>
    /// <exception cref="ModelOptionException">An option has a value that cannot be used, or a dimension has no sizes.</exception>
    /// <exception cref="NativeLibraryException">TensorRT or the CUDA driver is missing or unusable.</exception>
    /// <exception cref="CudaException">The GPU is not there, or cannot be used.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static string? WhyBuild(
        string modelFile, ModelOptions? options = null, CancellationToken cancellationToken = default)
    {
        var source = ModelSource.FromFile(modelFile);
        var snapshot = (options ?? new()).Snapshot();
        var file = source.Describe();
        var signature = new ModelSignature(source.Name, file.Inputs, file.Outputs, ModelLabels.Of(file));
        var declaration = ProfileResolver.Declaration(signature, snapshot.TensorRT);
        var description = ModelCheck.Describe(signature, source);
        _ = ProfileResolver.Complete(signature, declaration);
        var recipe = new EngineRecipe(
            TensorRtHost.Open(snapshot), new LoadRequest(source, signature, description, declaration, snapshot));
        using var engine = EngineStore.Find(recipe, out var why, cancellationToken);
        return engine is null ? why : null;
    }

    private static IReadOnlyList<T> Read<T>(string? folder, Func<string, IReadOnlyList<T>> list)
    {
        var path = Path.GetFullPath(folder ?? DefaultFolder);
        if (!Directory.Exists(path)) return [];
        try
        {
            EngineCacheFolder.Prepare(path);
            return list(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineCacheException(path, $"The engine cache '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static void Delete(IReadOnlyList<string> paths)
    {
        foreach (var path in paths)
        {
            if (CacheFiles.TryDelete(path) || !File.Exists(path)) continue;
            throw new EngineCacheException(Path.GetDirectoryName(path)!, $"'{path}' cannot be removed. Check its owner, and "
                + "whether the folder can be written.");
        }
    }

    private static long BytesOf(IReadOnlyList<string> paths) =>
        paths.Select(path => new FileInfo(path)).Sum(file => file.Exists ? file.Length : 0);

    private static RefusedEngine Of(string path, EngineRefusal refusal) =>
        new(refusal.Model, path, refusal.Refused, refusal.Said)
        {
            TensorRtVersion = refusal.Parts.GetValueOrDefault("TensorRT", ""),
            Gpu = refusal.Parts.GetValueOrDefault("GPU", ""),
            Precision = refusal.Parts.GetValueOrDefault("precision", ""),
            Profiles = refusal.Parts.GetValueOrDefault("profiles", ""),
        };

    private static StoredEngine Of(string folder, CacheEntry entry)
    {
        var (sidecar, parts) = (entry.Sidecar, entry.Sidecar.Parts);
        return new(sidecar.Model, Path.Combine(folder, sidecar.EngineFile), entry.SidecarPath, sidecar.EngineBytes)
        {
            Stored = sidecar.Stored,
            LastUsed = new(entry.LastUsed, TimeSpan.Zero),
            TensorRtVersion = parts.GetValueOrDefault("TensorRT", ""),
            Gpu = parts.GetValueOrDefault("GPU", ""),
            Precision = parts.GetValueOrDefault("precision", ""),
            Profiles = parts.GetValueOrDefault("profiles", ""),
            Parity = sidecar.Verdict?.Parity,
        };
    }
}

/// <summary>An engine in a cache.</summary>
/// <param name="Model">The model's path when the engine was built.</param>
/// <param name="EngineFile">Full path of the engine.</param>
/// <param name="DescriptionFile">Full path of the JSON file beside it.</param>
/// <param name="Bytes">Bytes of the engine.</param>
public sealed record StoredEngine(string Model, string EngineFile, string DescriptionFile, long Bytes)
{
    /// <summary>When it was built.</summary>
    public DateTimeOffset Stored { get; init; }

    /// <summary>When it was last stored or loaded.</summary>
    public DateTimeOffset LastUsed { get; init; }

    /// <summary>The TensorRT that it is for.</summary>
    public string TensorRtVersion { get; init; } = "";

    /// <summary>The GPU, or the compute capability, that it is for.</summary>
    public string Gpu { get; init; } = "";

    /// <summary>The types that it may compute in.</summary>
    public string Precision { get; init; } = "";

    /// <summary>Ranges of the dynamic dimensions.</summary>
    public string Profiles { get; init; } = "";

    /// <summary>How it answered beside ONNX Runtime on the processor; <see langword="null"/> if it was never compared.</summary>
    public ParityReport? Parity { get; init; }
}
