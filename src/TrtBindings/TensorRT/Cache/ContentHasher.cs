namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// Hashes models and weights. A file whose size, times and inode have not changed is not read again.
/// </summary>
/// <param name="folder">The cache folder, which keeps the known hashes.</param>
/// <param name="clock">The clock; <see langword="null"/> for the system's.</param>
internal sealed class ContentHasher(string folder, TimeProvider? clock = null)
{
    /// <summary>
    /// A file written this recently may be written again without a new time, because file systems count time in steps of up to
    /// two seconds. Its hash is not remembered.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private const int Attempts = 3;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly string _index = Path.Combine(folder, ContentIndex.FileName);
    private readonly Dictionary<string, (FileIdentity Identity, string Hash)> _hashed = [];

    /// <summary>Number of files that were read to be hashed.</summary>
    public int FilesRead { get; private set; }

    /// <summary>The hash of a file's content.</summary>
    /// <exception cref="ModelFileException">It is missing, cannot be read, or changes while it is read.</exception>
    public string Hash(string path, CancellationToken cancellationToken = default)
    {
        var full = Path.GetFullPath(path);
        var (identity, hash) = Read(full, cancellationToken);
        _hashed[full] = (identity, hash);
        return hash;
    }

    /// <summary>Checks that no file has changed since this object hashed it.</summary>
    /// <param name="model">The model's name, for the error.</param>
    /// <exception cref="ModelFileException">A file has changed.</exception>
    public void ThrowIfChanged(string model)
    {
        foreach (var (path, (identity, hash)) in _hashed)
        {
            if (FileIdentity.Of(path) != identity) throw Changed(model);
            // Written at nearly the same time: it may have changed without a new time.
            if (!IsSettled(path, identity) && Read(path, CancellationToken.None).Hash != hash) throw Changed(model);
        }
    }

    /// <summary>The error for a model that changes during a build.</summary>
    public static ModelFileException Changed(string model) =>
        new(model, $"'{model}' changed while an engine was built from it. Build again.");

    private (FileIdentity Identity, string Hash) Read(string full, CancellationToken cancellationToken)
    {
        try
        {
            var identity = FileIdentity.Of(full) ?? throw new FileNotFoundException("There is no such file.", full);
            if (ContentIndex.Read(_index).Find(full, identity) is { } known) return (identity, known);
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                FilesRead++;
                var hash = ContentHash.OfFile(full, cancellationToken);
                var before = identity;
                identity = FileIdentity.Of(full) ?? throw new FileNotFoundException("It was removed while it was read.", full);
                if (identity != before) continue;
                Remember(full, identity, hash);
                return (identity, hash);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(full, $"'{full}' cannot be read: {e.Message}", [full], e);
        }

        throw new ModelFileException(full, $"'{full}' changes while it is read. Load it when it has been written.", [full]);
    }

    private void Remember(string path, FileIdentity identity, string hash)
    {
        if (!IsSettled(path, identity)) return;
        // Read again: another process may have added files while this one was hashed.
        var index = ContentIndex.Read(_index);
        index.Add(path, new(identity, hash, _clock.GetUtcNow()));
        index.TryWrite(_index);
    }

    private bool IsSettled(string path, FileIdentity identity)
    {
        var now = _clock.GetUtcNow();
        return now - File.GetLastWriteTimeUtc(path) >= Settled && now - ChangeTime(identity) >= Settled;
    }

    private static DateTimeOffset ChangeTime(FileIdentity identity) =>
        DateTimeOffset.UnixEpoch.AddTicks(identity.Changed / TimeSpan.NanosecondsPerTick);
}
