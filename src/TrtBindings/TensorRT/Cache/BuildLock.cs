namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// A lock on building one engine, across all processes of this user. It is a file held open without sharing, so the system
/// releases it when its owner ends, also in a crash. The file is not deleted: deleting it would let two builders each hold
/// a different file of the same name.
/// </summary>
internal sealed class BuildLock : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _file;

    private BuildLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, and waits for it if another owner holds it.</summary>
    /// <param name="path">The lock file; created if it is missing.</param>
    /// <param name="waiting">Called once if the lock is held by another owner.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EngineCacheException">The file can neither be created nor opened.</exception>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public static BuildLock Wait(string path, Action? waiting, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(path) is { } taken) return taken;
            waiting?.Invoke();
            waiting = null;
            cancellationToken.WaitHandle.WaitOne(pause);
        }
    }

    /// <summary>Takes the lock if it is free; <see langword="null"/> otherwise.</summary>
    /// <exception cref="EngineCacheException">The file can neither be created nor opened.</exception>
    public static BuildLock? TryTake(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new(new(path, options));
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var folder = Path.GetDirectoryName(path)!;
            throw new EngineCacheException(folder, $"The engine cache '{folder}' cannot be written: {e.Message} "
                + "Name another folder in TensorRtOptions.CacheFolder.", e);
        }
    }

    /// <summary>Releases the lock.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Detects a sharing violation, which has no exception type. EWOULDBLOCK is 11 on Linux and 35 on macOS.</summary>
    private static bool IsHeld(IOException e) => OperatingSystem.IsWindows()
        ? (e.HResult & 0xffff) is 32 or 33
        : e.HResult is 11 or 35;
}
