using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using TrtBindings.Interop.Native;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// Engines built before, in one folder that only this user can write. Whatever lies there that is not right is as good as
/// absent; no file makes reading fail.
/// </summary>
internal sealed class EngineCache
{
    private const int CopyBytes = 1 << 20;
    private const int HashDigitsInName = 12;

    private readonly CacheTrim _trim;

    private EngineCache(string folder, long sizeLimit)
    {
        Folder = folder;
        _trim = new(folder, sizeLimit);
    }

    /// <summary>Full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Opens a folder, making it if it is missing.</summary>
    /// <param name="folder">Its path; <see langword="null"/> for <see cref="CacheFolder.Default()"/>.</param>
    /// <param name="sizeLimit">
    /// Bytes of engines to keep; the engine stored last stays even if it is larger. <see cref="long.MaxValue"/> for no limit.
    /// </param>
    /// <exception cref="EngineCacheException">It cannot be made, or others can write to it.</exception>
    public static EngineCache Open(string? folder, long sizeLimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sizeLimit);
        return new(CacheFolder.Prepare(folder ?? CacheFolder.Default()), sizeLimit);
    }

    /// <summary>Whether a folder has no engine at all; nothing is made or checked.</summary>
    /// <param name="folder">Its path; <see langword="null"/> for <see cref="CacheFolder.Default()"/>.</param>
    /// <exception cref="EngineCacheException">The user has no folder for caches.</exception>
    public static bool IsEmpty(string? folder)
    {
        var path = folder ?? CacheFolder.Default();
        try
        {
            return !Directory.Exists(path) || !Directory.EnumerateFiles(path, "*" + CacheFiles.EngineExtension).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who opens it says what is wrong.
            return false;
        }
    }

    /// <summary>The engine of a key, its content checked.</summary>
    /// <param name="key">What is wanted.</param>
    /// <param name="engine">The engine, to be disposed when TensorRT has read it.</param>
    /// <param name="why">Without one, why: a sentence in one line, without the full stop. Empty otherwise.</param>
    public bool TryGet(EngineCacheKey key, [NotNullWhen(true)] out CachedEngine? engine, out string why)
    {
        // Another process that replaces the engine removes the old file after it changed the sidecar: look once more.
        engine = Find(key, out why, out var gone);
        if (gone) engine = Find(key, out why, out _);
        if (engine is null) return false;
        CacheFiles.TryTouch(SidecarPath(key));
        return true;
    }

    /// <summary>Keeps an engine, and removes others if they are too many.</summary>
    /// <param name="key">What made it.</param>
    /// <param name="plan">The engine, from its position to its end; read once, a piece at a time.</param>
    /// <param name="cancellationToken">Ends the writing; nothing is left behind.</param>
    /// <returns>Path of the engine's file.</returns>
    /// <exception cref="EngineCacheException">No room, or the folder cannot be written; nothing is left behind.</exception>
    public string Store(EngineCacheKey key, Stream plan, CancellationToken cancellationToken = default)
    {
        try
        {
            var path = Write(key, plan, cancellationToken);
            _trim.Run(keep: SidecarPath(key));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineCacheException(Folder, $"The engine of '{key.ModelName}' cannot be kept in the cache '{Folder}': "
                + $"{e.Message} Make room there, or name another folder in TensorRtOptions.CacheFolder.", e);
        }
    }

    /// <summary>Waits for the right to build the engine of a key; ask <see cref="TryGet"/> again once it is there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="waiting">Called once if another thread or process is building it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EngineCacheException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public BuildLock Lock(EngineCacheKey key, Action? waiting = null, CancellationToken cancellationToken = default) =>
        BuildLock.Wait(Path.Combine(Folder, CacheFiles.Stem(key) + ".lock"), waiting, cancellationToken);

    private string SidecarPath(EngineCacheKey key) => Path.Combine(Folder, CacheFiles.Stem(key) + EngineSidecar.Extension);

    private CachedEngine? Find(EngineCacheKey key, out string why, out bool gone)
    {
        gone = false;
        var path = SidecarPath(key);
        try
        {
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
            return new(path, sidecar, plan);
        }

        plan.Dispose();
        why = $"The cached engine '{path}' is damaged: its content is not what was stored";
        return null;
    }

    private string Write(EngineCacheKey key, Stream plan, CancellationToken cancellationToken)
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
        var stem = CacheFiles.Stem(key);
        // The hash in the name: an engine that replaces another never lies under a sidecar that describes the other one.
        var name = $"{stem}-{content.AsSpan(ContentHash.Prefix.Length, HashDigitsInName)}{CacheFiles.EngineExtension}";
        var path = Path.Combine(Folder, name);
        file.Commit(path);
        WriteSidecar(key, name, length, content);
        foreach (var other in Directory.EnumerateFiles(Folder, $"{stem}-*{CacheFiles.EngineExtension}"))
            if (Path.GetFileName(other) != name) CacheFiles.TryDelete(other);
        return path;
    }

    private void WriteSidecar(EngineCacheKey key, string engineFile, long length, string content)
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
