namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// The right to build one engine, among all processes of this user. It is a file held open without sharing, so the system
/// gives it back when its owner ends in any way. The file stays: removing it would let two builders hold two files
/// of one name.
/// </summary>
internal sealed class BuildLock : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _file;

    private BuildLock(FileStream file) => _file = file;

    /// <summary>Waits until nobody else has it.</summary>
    /// <param name="path">The lock's file, made if it is missing.</param>
    /// <param name="waiting">Called once if somebody else has it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EngineCacheException">The file can neither be made nor opened.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
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

    /// <summary>Takes it if nobody else has it; <see langword="null"/> otherwise.</summary>
    /// <exception cref="EngineCacheException">The file can neither be made nor opened.</exception>
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

    /// <summary>Lets the next one build.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>A sharing violation; there is no exception type for it. EWOULDBLOCK is 11 on Linux and 35 on macOS.</summary>
    private static bool IsHeld(IOException e) => OperatingSystem.IsWindows()
        ? (e.HResult & 0xffff) is 32 or 33
        : e.HResult is 11 or 35;
}
