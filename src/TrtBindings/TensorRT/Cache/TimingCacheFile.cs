using System.Security.Cryptography;
using System.Text;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// A file with TensorRT's timing cache: the measured times of kernels. There is one file for each GPU model, TensorRT version
/// and driver, shared by all builds of this user, because TensorRT takes only times of its own version and GPU.
/// </summary>
internal sealed class TimingCacheFile
{
    private TimingCacheFile(string path) => Path = path;

    /// <summary>Its path. The file may not exist yet.</summary>
    public string Path { get; }

    private static ReadOnlySpan<byte> Magic => "TRTBTIM1"u8;

    /// <summary>The file for one GPU model, TensorRT and driver in a cache.</summary>
    /// <param name="cache">The cache whose folder it lies in.</param>
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

    /// <summary>Reads the stored times; <see langword="null"/> if there are none, or if they cannot be trusted.</summary>
    public byte[]? Read() => HashedFile.Read(Path, Magic);

    /// <summary>Adds the times of a build to the stored ones, under a lock.</summary>
    /// <param name="combine">Gets the stored times, and returns what to store.</param>
    /// <param name="cancellationToken">Ends the wait for the lock.</param>
    /// <exception cref="EngineCacheException">The folder cannot be written. The build is not affected.</exception>
    public void Update(Func<byte[]?, byte[]> combine, CancellationToken cancellationToken = default)
    {
        using var held = BuildLock.Wait(Path + ".lock", null, cancellationToken);
        var content = combine(Read());
        try
        {
            HashedFile.Write(Path, Magic, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineCacheException(System.IO.Path.GetDirectoryName(Path)!,
                $"The timing cache '{Path}' cannot be written: {e.Message} The next build will measure again.", e);
        }
    }
}
