using System.Globalization;
using System.Runtime.InteropServices;

namespace TrtBindings.Cli.Doctor;

/// <summary>Loads one library and asks it for its version. In a child process only.</summary>
internal static unsafe class LibraryTouch
{
    /// <summary>cublasGetProperty and its kin: 0 is the major, 1 the minor, 2 the patch.</summary>
    private static readonly string[] Properties = ["cublasGetProperty", "cufftGetProperty", "curandGetProperty",
        "cusparseGetProperty"];

    /// <summary>Loads a library by its path, or by its name as the system's loader finds it.</summary>
    public static ChildAnswer Run(string library)
    {
        var module = NativeLibrary.Load(library);
        var name = Path.GetFileName(library);
        var path = Path.IsPathRooted(library) ? library : LoadedLibraries.Find(Start(name)) ?? library;
        return new() { Works = true, Path = path, Version = VersionOf(module) };
    }

    private static string Start(string name)
    {
        // libcudnn.so.9 may be a link to libcudnn.so.9.8.0, and the system lists the latter.
        var end = name.IndexOf(".so", StringComparison.Ordinal);
        return end < 0 ? Path.GetFileNameWithoutExtension(name) : name[..(end + 3)];
    }

    private static string VersionOf(nint module)
    {
        int number;
        if (Find("cuDriverGetVersion") is var driver and not 0)
            return ((delegate* unmanaged<int*, int>)driver)(&number) == 0 ? Cuda(number) : "";
        if (Find("cudaRuntimeGetVersion") is var runtime and not 0)
            return ((delegate* unmanaged<int*, int>)runtime)(&number) == 0 ? Cuda(number) : "";
        if (Find("cudnnGetVersion") is var cudnn and not 0) return Cudnn((long)((delegate* unmanaged<nuint>)cudnn)());
        if (Find("getInferLibVersion") is var infer and not 0)
        {
            number = ((delegate* unmanaged<int>)infer)();
            var build = Find("getInferLibBuildVersion") is var ask and not 0 ? ((delegate* unmanaged<int>)ask)() : 0;
            return Text(number / 10000, number / 100 % 100, number % 100) + (build > 0 ? "." + Text(build) : "");
        }

        if (Find("OrtGetApiBase") is var ort and not 0)
            return Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)((void**)((delegate* unmanaged<nint>)ort)())[1])()) ?? "";
        foreach (var name in Properties)
        {
            if (Find(name) is not (var property and not 0)) continue;
            var parts = new int[3];
            for (var i = 0; i < parts.Length; i++)
                parts[i] = ((delegate* unmanaged<int, int*, int>)property)(i, &number) == 0 ? number : 0;
            return Text(parts);
        }

        return "";

        nint Find(string export) => NativeLibrary.TryGetExport(module, export, out var address) ? address : 0;
    }

    /// <summary>12.4 for 12040.</summary>
    public static string Cuda(int number) => Text(number / 1000, number % 1000 / 10);

    /// <summary>9.8.0 for 90800, 8.9.7 for 8907.</summary>
    private static string Cudnn(long number) => number >= 10000
        ? Text((int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100))
        : Text((int)(number / 1000), (int)(number / 100 % 10), (int)(number % 100));

    private static string Text(params int[] parts) =>
        string.Join('.', parts.Select(part => part.ToString(CultureInfo.InvariantCulture)));
}
