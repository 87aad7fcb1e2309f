using TrtBindings.Interop.Native;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// Hashes models and weights, each once: a file that is still the same by size, times and inode is not read again.
/// </summary>
/// <param name="folder">The cache's folder, which keeps what is remembered.</param>
/// <param name="clock">The time; <see langword="null"/> for the system's.</param>
internal sealed class ContentHasher(string folder, TimeProvider? clock = null)
{
    /// <summary>
    /// A file written this recently may be written again without a new time, because file systems count time in steps
    /// of up to two seconds: it is hashed, and not remembered.
    /// </summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private const int Attempts = 3;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly string _index = Path.Combine(folder, ContentIndex.FileName);

    /// <summary>How many files were read to be hashed.</summary>
    public int FilesRead { get; private set; }

    /// <summary>The hash of a file's content.</summary>
    /// <exception cref="ModelFileException">It is missing or cannot be read, or somebody keeps writing to it.</exception>
    public string Hash(string path, CancellationToken cancellationToken = default)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var identity = FileIdentity.Of(full) ?? throw new FileNotFoundException("There is no such file.", full);
            if (ContentIndex.Read(_index).Find(full, identity) is { } known) return known;
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                FilesRead++;
                var hash = ContentHash.OfFile(full, cancellationToken);
                var before = identity;
                identity = FileIdentity.Of(full) ?? throw new FileNotFoundException("It was removed while it was read.", full);
                if (identity != before) continue;
                Remember(full, identity, hash);
                return hash;
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
        var now = _clock.GetUtcNow();
        if (now - File.GetLastWriteTimeUtc(path) < Settled || now - ChangeTime(identity) < Settled) return;
        // Read again: another process may have added files of its own while this one was hashed.
        var index = ContentIndex.Read(_index);
        index.Add(path, new(identity, hash, now));
        index.TryWrite(_index);
    }

    private static DateTimeOffset ChangeTime(FileIdentity identity) =>
        DateTimeOffset.UnixEpoch.AddTicks(identity.Changed / TimeSpan.NanosecondsPerTick);
}
