using System.Globalization;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>Finds and loads the library of the CUDA driver, and checks its version.</summary>
internal static unsafe class CudaLibraryLoader
{
    public const string PlainName = "cuda";

    /// <summary>Environment variable with the path of another library, such as a stand-in for tests.</summary>
    public const string Variable = "TRTBINDINGS_CUDA_LIBRARY";

    private const string Fix = "Install the NVIDIA driver, or start the container with access to the GPU. The CUDA toolkit is "
        + "not needed.";

    /// <summary>The files to try, in order: the requested one, or else those of the system.</summary>
    public static IReadOnlyList<string> Candidates(string? requested)
    {
        if (requested is not null) return [requested];
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return [named];
        // The second path is the driver of Windows in WSL, which the loader does not search.
        return OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"];
    }

    /// <summary>Loads the first candidate that can be loaded.</summary>
    /// <exception cref="NativeLibraryException">No candidate can be loaded.</exception>
    public static (nint Module, string Path) Open(string? requested)
    {
        var candidates = Candidates(requested);
        var reasons = new List<string>();
        foreach (var candidate in candidates)
        {
            try
            {
                return (NativeLibrary.Load(candidate), candidate);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                reasons.Add(File.Exists(candidate)
                    ? $"'{candidate}' exists, but cannot be loaded: {e.Message.TrimEnd()}"
                    : $"there is no '{candidate}'");
            }
        }

        throw new NativeLibraryException(PlainName,
            $"The library of the CUDA driver was not found: {string.Join("; ", reasons)}. {Fix}", candidates);
    }

    /// <summary>
    /// Looks up the functions of a loaded driver and asks for its
    /// <see href="https://docs.nvidia.com/cuda/cuda-driver-api/group__CUDA__VERSION.html">CUDA version</see> (12040 for 12.4).
    /// </summary>
    /// <exception cref="NativeLibraryException">It is not the CUDA driver, or it is too old.</exception>
    public static (CudaApiTable Api, int Version) ReadApi(nint module, string path)
    {
        var api = new CudaApiTable(new(module));
        if (api.DriverGetVersion == null)
        {
            throw new NativeLibraryException(PlainName,
                $"'{path}' is not the CUDA driver: it does not export cuDriverGetVersion. {Fix}", [path]);
        }

        // cuDriverGetVersion works before cuInit, so an old driver is reported as old and not by the call that fails.
        int version;
        var result = api.DriverGetVersion(&version);
        if (result != CudaResult.Success) version = 0;
        if (version < CudaApiTable.OldestVersion || api.Missing.Count > 0)
        {
            var lacks = api.Missing.Count == 0 ? "" : $" It lacks {string.Join(", ", api.Missing)}.";
            throw new NativeLibraryException(PlainName, $"The driver '{path}' supports CUDA {Text(version)}, but CUDA "
                + $"{Text(CudaApiTable.OldestVersion)} or newer is needed.{lacks} Install a newer NVIDIA driver.", [path]);
        }

        return (api, version);
    }

    /// <summary>Formats a version number: 12.4 for 12040.</summary>
    public static string Text(int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 10}");
}
