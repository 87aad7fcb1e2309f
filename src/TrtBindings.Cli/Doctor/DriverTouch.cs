using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace TrtBindings.Cli.Doctor;

/// <summary>Loads the CUDA driver's library, starts it and lists the GPUs. In a child process only.</summary>
internal static unsafe class DriverTouch
{
    private const int NameLength = 256;
    private const int ComputeMajor = 75;
    private const int ComputeMinor = 76;

    /// <summary>CUresult values that have a cause of their own.</summary>
    public const int NoDevice = 100;
    public const int SystemDriverMismatch = 803;
    public const int CompatNotSupported = 804;

    /// <summary>Starts a driver.</summary>
    /// <returns>
    /// The CUDA version that it supports; a line for each GPU; and the number of the error in <c>Text</c> if it does not start.
    /// </returns>
    public static ChildAnswer Run(string library)
    {
        var module = NativeLibrary.Load(library);
        var path = Path.IsPathRooted(library) ? library : LoadedLibraries.Find("libcuda.so") ?? LoadedLibraries.Find("nvcuda")
            ?? library;
        int version, count, device;
        if (Export("cuDriverGetVersion") is not (var ask and not 0))
            return new() { Works = false, Path = path, Text = "it is not the CUDA driver: it has no cuDriverGetVersion" };
        _ = ((delegate* unmanaged<int*, int>)ask)(&version);
        var text = LibraryTouch.Cuda(version);
        var result = ((delegate* unmanaged<uint, int>)Export("cuInit"))(0);
        if (result != 0) return new() { Works = false, Path = path, Version = text, Text = Number(result) };
        result = ((delegate* unmanaged<int*, int>)Export("cuDeviceGetCount"))(&count);
        if (result != 0) return new() { Works = false, Path = path, Version = text, Text = Number(result) };
        var gpus = new List<string>();
        var name = stackalloc byte[NameLength];
        for (var i = 0; i < count; i++)
        {
            _ = ((delegate* unmanaged<int*, int, int>)Export("cuDeviceGet"))(&device, i);
            _ = ((delegate* unmanaged<byte*, int, int, int>)Export("cuDeviceGetName"))(name, NameLength, device);
            gpus.Add($"GPU {Number(i)}: {Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name))}, "
                + $"compute capability {Number(Attribute(device, ComputeMajor))}.{Number(Attribute(device, ComputeMinor))}");
        }

        return new() { Works = count > 0, Path = path, Version = text, Lines = gpus, Text = count > 0 ? "" : Number(NoDevice) };

        nint Export(string export) => NativeLibrary.TryGetExport(module, export, out var address) ? address : 0;

        int Attribute(int of, int attribute)
        {
            int value;
            var get = (delegate* unmanaged<int*, int, int, int>)Export("cuDeviceGetAttribute");
            return get(&value, attribute, of) == 0 ? value : 0;
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
