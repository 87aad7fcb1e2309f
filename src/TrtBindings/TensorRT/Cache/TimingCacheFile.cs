using System.Security.Cryptography;
using System.Text;
using TrtBindings.Interop.Native;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// TensorRT's measured times of kernels, one file for each GPU model, TensorRT version and driver, shared by all builds of
/// this user. TensorRT takes only times of its own version and GPU, so a file is never offered to another.
/// </summary>
internal sealed class TimingCacheFile
{
    private const int MaxBytes = 1 << 30;

    private TimingCacheFile(string path) => Path = path;

    /// <summary>Its path; there may be no file yet.</summary>
    public string Path { get; }

    private static ReadOnlySpan<byte> Magic => "TRTBTIM1"u8;

    private static int HeaderSize => Magic.Length + SHA256.HashSizeInBytes;

    /// <summary>The file for one GPU model, TensorRT and driver in a cache.</summary>
    /// <param name="cache">Whose folder it lies in.</param>
    /// <param name="gpu">Name of the GPU model.</param>
    /// <param name="computeCapability">For example 9.0.</param>
    /// <param name="tensorRtVersion">Four parts.</param>
    /// <param name="driverMajor">First part of the CUDA version that the driver supports.</param>
    public static TimingCacheFile Of(
        EngineCache cache, string gpu, Version computeCapability, string tensorRtVersion, int driverMajor)
    {
        var text = $"{gpu}\n{computeCapability}\n{tensorRtVersion}\n{driverMajor}";
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
        return new(System.IO.Path.Combine(cache.Folder,
            $"timing-sm{computeCapability.Major}{computeCapability.Minor}-trt{tensorRtVersion}-{id}.times"));
    }

    /// <summary>What was kept; <see langword="null"/> if there is nothing, or nothing that is whole and safe.</summary>
    public byte[]? Read()
    {
        try
        {
            if (!File.Exists(Path) || FileTrust.Danger(Path) is not null) return null;
            if (new FileInfo(Path).Length is var length && (length < HeaderSize || length > MaxBytes)) return null;
            var bytes = File.ReadAllBytes(Path);
            var content = bytes.AsSpan(HeaderSize);
            return bytes.AsSpan().StartsWith(Magic)
                && SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(Magic.Length, SHA256.HashSizeInBytes))
                ? content.ToArray()
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Adds the times of a build to those that are there, with nobody else writing meanwhile.</summary>
    /// <param name="combine">Gets what is there, and gives what to keep.</param>
    /// <param name="cancellationToken">Ends the wait for others.</param>
    /// <exception cref="EngineCacheException">The folder cannot be written; the build is not harmed by it.</exception>
    public void Update(Func<byte[]?, byte[]> combine, CancellationToken cancellationToken = default)
    {
        using var held = BuildLock.Wait(Path + ".lock", null, cancellationToken);
        var content = combine(Read());
        try
        {
            AtomicFile.Write(Path, [.. Magic, .. SHA256.HashData(content), .. content]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineCacheException(System.IO.Path.GetDirectoryName(Path)!,
                $"The timing cache '{Path}' cannot be written: {e.Message} The next build will measure again.", e);
        }
    }
}
