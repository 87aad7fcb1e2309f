using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using TrtBindings.Backends;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// Engines built earlier, in a folder that only this user can write to. A damaged or foreign file counts as absent and never
/// makes reading fail.
/// </summary>
internal sealed class EngineCache
{
    private const int CopyBytes = 1 << 20;

    private readonly CacheTrim _trim;

    private EngineCache(string folder, long sizeLimit)
    {
        Folder = folder;
        _trim = new(folder, sizeLimit);
    }

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Opens a folder, and creates it if it is missing.</summary>
    /// <param name="folder">Its path; <see langword="null"/> for <see cref="EngineCacheFolder.Default()"/>.</param>
    /// <param name="sizeLimit">
    /// Bytes of engines to keep. The newest engine stays even if it is larger. <see cref="long.MaxValue"/> for no limit.
    /// </param>
    /// <exception cref="EngineCacheException">It cannot be created, or other users can write to it.</exception>
    public static EngineCache Open(string? folder, long sizeLimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sizeLimit);
        return new(EngineCacheFolder.Prepare(folder ?? EngineCacheFolder.Default()), sizeLimit);
    }

    /// <summary>Tells whether a folder has no engine, nor a refused one. Creates nothing and checks nothing.</summary>
    /// <param name="folder">Its path; <see langword="null"/> for <see cref="EngineCacheFolder.Default()"/>.</param>
    /// <exception cref="EngineCacheException">The user has no folder for caches.</exception>
    public static bool IsEmpty(string? folder)
    {
        var path = folder ?? EngineCacheFolder.Default();
        try
        {
            return !Directory.Exists(path) || !Directory.EnumerateFiles(path).Any(file =>
                Path.GetExtension(file) is CacheFiles.EngineExtension or EngineRefusal.Extension);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Open reports what is wrong with the folder.
            return false;
        }
    }

    /// <summary>Reads the engine of a key and checks its content.</summary>
    /// <param name="key">The wanted engine.</param>
    /// <param name="engine">The engine, to be disposed when TensorRT has read it.</param>
    /// <param name="why">Without an engine, the reason: one line without the full stop. Empty otherwise.</param>
    public bool TryGet(EngineCacheKey key, [NotNullWhen(true)] out CachedEngine? engine, out string why)
    {
        // Another process may have replaced the engine: it deletes the old file after it has changed the sidecar. Look again.
        engine = Find(key, out why, out var gone);
        if (gone) engine = Find(key, out why, out _);
        if (engine is null) return false;
        CacheFiles.TryTouch(SidecarPath(key));
        return true;
    }

    /// <summary>Stores an engine, and removes others if the cache has grown too large.</summary>
    /// <param name="key">The engine's key.</param>
    /// <param name="plan">The engine, from the stream's position to its end. It is read once, in pieces.</param>
    /// <param name="verdict">What is known of it.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left behind.</param>
    /// <returns>Path of the engine file.</returns>
    /// <exception cref="EngineCacheException">No room, or the folder cannot be written; nothing is left behind.</exception>
    public string Store(
        EngineCacheKey key, Stream plan, EngineVerdict? verdict = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var path = Write(key, plan, verdict ?? EngineVerdict.None, cancellationToken);
            _trim.Run(keep: SidecarPath(key));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotKept(key, e);
        }
    }

    /// <summary>Keeps a verdict beside an engine that is there, unless another one has taken its place.</summary>
    /// <exception cref="EngineCacheException">No room, or the folder cannot be written.</exception>
    public void Update(EngineCacheKey key, CachedEngine engine, EngineVerdict verdict)
    {
        try
        {
            var (sidecar, _) = EngineSidecar.Read(SidecarPath(key));
            if (sidecar?.EngineFile == Path.GetFileName(engine.Path))
                AtomicFile.Write(SidecarPath(key), (sidecar with { Verdict = verdict }).ToJson());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotKept(key, e);
        }
    }

    /// <summary>Removes the engine of a key.</summary>
    public void Remove(EngineCacheKey key, CachedEngine engine)
    {
        // The sidecar goes first: without it no process looks for the engine.
        if (CacheFiles.TryDelete(SidecarPath(key))) CacheFiles.TryDelete(engine.Path);
    }

    private EngineCacheException NotKept(EngineCacheKey key, Exception e) => new(Folder,
        $"The engine of '{key.ModelName}' cannot be kept in the cache '{Folder}': {e.Message} Make room there, or name another "
        + "folder in TensorRtOptions.CacheFolder.", e);

    /// <summary>
    /// Takes the lock for building the engine of a key. Call <see cref="TryGet"/> again afterwards: another owner may have built
    /// the engine.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="waiting">Called once if another thread or process holds the lock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EngineCacheException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public BuildLock Lock(EngineCacheKey key, Action? waiting = null, CancellationToken cancellationToken = default) =>
        BuildLock.Wait(CacheFiles.Lock(Folder, key), waiting, cancellationToken);

    private string SidecarPath(EngineCacheKey key) =>
        Path.Combine(Folder, CacheFiles.Stem(Folder, key) + EngineSidecar.Extension);

    private CachedEngine? Find(EngineCacheKey key, out string why, out bool gone)
    {
        gone = false;
        var path = "";
        try
        {
            path = SidecarPath(key);
            var (sidecar, problem) = EngineSidecar.Read(path);
            if (sidecar is not null && sidecar.Key != key.Id()) (sidecar, problem) = (null, "describes another engine");
            if (sidecar is not null) return Read(Path.Combine(Folder, sidecar.EngineFile), sidecar, out why);
            why = $"'{path}' {problem}";
        }
        catch (FileNotFoundException e)
        {
            gone = e.FileName != path;
            why = gone ? $"The cached engine '{e.FileName}' is gone" : CacheMiss.Explain(key, CacheEntry.ReadAll(Folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = $"The cached engine of '{key.ModelName}' cannot be read: {OneLine.Of(e.Message)}";
        }

        return null;
    }

    private static CachedEngine? Read(string path, EngineSidecar sidecar, out string why)
    {
        using var file = File.OpenHandle(path, share: FileShare.Read | FileShare.Delete);
        if (FileTrust.Danger(path) is { } danger)
        {
            why = $"'{path}' {danger}";
            return null;
        }

        var length = RandomAccess.GetLength(file);
        if (length != sidecar.EngineBytes)
        {
            why = $"The cached engine '{path}' has {length:N0} bytes instead of {sidecar.EngineBytes:N0}";
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var plan = EnginePlan.Read(file, 0, length, hash);
        if (ContentHash.Text(hash) == sidecar.EngineHash)
        {
            why = "";
            return new(path, plan) { Verdict = sidecar.Verdict ?? EngineVerdict.None };
        }

        plan.Dispose();
        why = $"The cached engine '{path}' is damaged: its content is not what was stored";
        return null;
    }

    private string Write(EngineCacheKey key, Stream plan, EngineVerdict verdict, CancellationToken cancellationToken)
    {
        using var file = AtomicFile.Create(Folder, plan.CanSeek ? plan.Length - plan.Position : 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = GC.AllocateUninitializedArray<byte>(CopyBytes);
        long length = 0;
        for (int count; (count = plan.Read(buffer)) > 0; length += count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
            file.Stream.Write(buffer, 0, count);
        }

        var content = ContentHash.Text(hash);
        var stem = CacheFiles.Stem(Folder, key);
        // The hash is part of the name, so that a sidecar never describes an engine that has replaced its own.
        var name = $"{stem}-{content.AsSpan(ContentHash.Prefix.Length, CacheFiles.EngineDigits)}{CacheFiles.EngineExtension}";
        var path = Path.Combine(Folder, name);
        file.Commit(path);
        WriteSidecar(key, name, length, content, verdict);
        foreach (var other in Directory.EnumerateFiles(Folder, $"{stem}-*{CacheFiles.EngineExtension}"))
            if (Path.GetFileName(other) != name) CacheFiles.TryDelete(other);
        return path;
    }

    private void WriteSidecar(
        EngineCacheKey key, string engineFile, long length, string content, EngineVerdict verdict)
    {
        var sidecar = new EngineSidecar
        {
            Format = EngineSidecar.CurrentFormat,
            Key = key.Id(),
            Model = key.ModelName,
            Parts = key.Parts().ToDictionary(part => part.Name, part => part.Value),
            EngineFile = engineFile,
            EngineBytes = length,
            EngineHash = content,
            Stored = DateTimeOffset.UtcNow,
            Verdict = verdict,
        };
        try
        {
            AtomicFile.Write(SidecarPath(key), sidecar.ToJson());
        }
        catch
        {
            CacheFiles.TryDelete(Path.Combine(Folder, engineFile));
            throw;
        }
    }
}
