using System.Globalization;
using System.Runtime.InteropServices;

namespace TrtBindings.Interop.Cuda;

/// <summary>Finds the driver's library, loads it, and checks that it is new enough.</summary>
internal static unsafe class CudaLibraryLoader
{
    public const string PlainName = "cuda";

    /// <summary>Names another library than the system's, a stand-in in tests for instance.</summary>
    public const string Variable = "TRTBINDINGS_CUDA_LIBRARY";

    private const string Fix = "Install NVIDIA's driver (in a container: start it with the GPU passed in). A CUDA toolkit is "
        + "not needed.";

    /// <summary>What to load, in order: the file that was named, else what the system has.</summary>
    public static IReadOnlyList<string> Candidates(string? requested)
    {
        if (requested is not null) return [requested];
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) return [named];
        // The second is where Windows shows its driver to Linux programs without telling the loader.
        return OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "/usr/lib/wsl/lib/libcuda.so.1"];
    }

    /// <summary>The first candidate that loads.</summary>
    /// <exception cref="NativeLibraryException">None does.</exception>
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
                    ? $"'{candidate}' is there, but it cannot be loaded: {e.Message.TrimEnd()}"
                    : $"there is no '{candidate}'");
            }
        }

        throw new NativeLibraryException(PlainName,
            $"The CUDA driver's library was not found: {string.Join("; ", reasons)}. {Fix}", candidates);
    }

    /// <summary>The functions of a loaded driver, and its CUDA version (12040 for 12.4).</summary>
    /// <exception cref="NativeLibraryException">Not the CUDA driver, or one that is too old.</exception>
    public static (CudaApiTable Api, int Version) ReadApi(nint module, string path)
    {
        var api = new CudaApiTable(new(module));
        if (api.DriverGetVersion == null)
        {
            throw new NativeLibraryException(PlainName,
                $"'{path}' is not the CUDA driver: it does not export cuDriverGetVersion. {Fix}", [path]);
        }

        // Answers before cuInit, so that an old driver is named as old and not by what it fails at.
        int version;
        var result = api.DriverGetVersion(&version);
        if (result != CudaResult.Success) version = 0;
        if (version < CudaApiTable.OldestVersion || api.Missing.Count > 0)
        {
            var lacks = api.Missing.Count == 0 ? "" : $" It lacks {string.Join(", ", api.Missing)}.";
            throw new NativeLibraryException(PlainName, $"The driver '{path}' is for CUDA {Text(version)}, and CUDA "
                + $"{Text(CudaApiTable.OldestVersion)} or newer is needed.{lacks} Install a newer driver of NVIDIA.", [path]);
        }

        return (api, version);
    }

    /// <summary>12.4 for 12040.</summary>
    public static string Text(int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version / 1000}.{version % 1000 / 10}");
}
