using Microsoft.Extensions.Logging;
using TrtBindings.Gpu;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// Compiled kernels in a folder of the engine cache. A cubin is code, as an engine is: only the user may be able to write to the
/// folder and its files, and what other users can write to is not read.
/// </summary>
/// <param name="folder">The engine cache's folder; <see langword="null"/> for the default one.</param>
/// <param name="sizeLimit">Bytes to keep, as for engines.</param>
/// <param name="logger">Told once why kernels are compiled again each time.</param>
internal sealed class KernelCache(string? folder, long sizeLimit, ILogger? logger) : IKernelCache
{
    /// <summary>The folder inside the engine cache's.</summary>
    public const string Subfolder = "kernels";

    /// <summary>Extension of its files.</summary>
    public const string Extension = ".cubin";

    private string? _path;
    private bool _isTold;

    /// <inheritdoc/>
    public byte[]? Read(ReadOnlySpan<byte> ptx, string target)
    {
        if (Open() is not { } path) return null;
        var file = FileOf(path, ptx, target);
        var cubin = KernelFile.Read(file, ptx);
        if (cubin is not null) CacheFiles.TryTouch(file);
        return cubin;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> ptx, string target, ReadOnlySpan<byte> cubin)
    {
        if (Open() is not { } path) return;
        try
        {
            var file = FileOf(path, ptx, target);
            KernelFile.Write(file, ptx, cubin);
            CacheTrim.RemoveKernels(path, sizeLimit, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotKept(e.Message);
        }
    }

    private static string FileOf(string path, ReadOnlySpan<byte> ptx, string target) =>
        Path.Combine(path, $"{KernelFile.NameOf(ptx)}-{target}{Extension}");

    private string? Open()
    {
        if (_path is not null) return _path;
        try
        {
            var parent = EngineCacheFolder.Prepare(folder ?? EngineCacheFolder.Default());
            return _path = EngineCacheFolder.Prepare(Path.Combine(parent, Subfolder));
        }
        catch (EngineCacheException e)
        {
            NotKept(e.Message);
            return null;
        }
    }

    private void NotKept(string reason)
    {
        if (_isTold || logger is null) return;
        _isTold = true;
        CacheLog.KernelsNotKept(logger, reason);
    }
}
