using System.Runtime.InteropServices;

namespace TrtBindings.Samples;

/// <summary>
/// The system's libjpeg-turbo, through the functions that every Linux distribution and Homebrew ship (libjpeg.so.62 or
/// libjpeg.so.8): its simpler TurboJPEG library is rarely installed. Field offsets are those of jpeglib.h on a 64-bit
/// system where C's long has 64 bits; up to output_scanline they are the same in both versions.
/// </summary>
internal static unsafe class JpegLibrary
{
    /// <summary>File name, the version that the library wants to hear, its sizeof(jpeg_decompress_struct).</summary>
    private static readonly (string Name, int Version, nuint StructSize)[] Candidates =
    [
        ("libjpeg.so.62", 62, 632), ("libjpeg.so.8", 80, 656),
        ("libjpeg.62.dylib", 62, 632), ("libjpeg.8.dylib", 80, 656),
        ("/opt/homebrew/opt/jpeg-turbo/lib/libjpeg.8.dylib", 80, 656),
    ];

    static JpegLibrary()
    {
        if (!Environment.Is64BitProcess || OperatingSystem.IsWindows()) return;
        foreach (var (name, version, size) in Candidates)
        {
            if (!NativeLibrary.TryLoad(name, out var library)) continue;
            // jpeg_mem_src at this version means libjpeg-turbo, whose layout this is.
            if (!NativeLibrary.TryGetExport(library, "jpeg_mem_src", out var memorySource)) continue;
            (Version, StructSize) = (version, size);
            MemorySource = (delegate* unmanaged<byte*, byte*, nuint, void>)memorySource;
            StandardError = (delegate* unmanaged<byte*, byte*>)NativeLibrary.GetExport(library, "jpeg_std_error");
            Create =
                (delegate* unmanaged<byte*, int, nuint, void>)NativeLibrary.GetExport(library, "jpeg_CreateDecompress");
            ReadHeader = (delegate* unmanaged<byte*, int, int>)NativeLibrary.GetExport(library, "jpeg_read_header");
            Start = (delegate* unmanaged<byte*, int>)NativeLibrary.GetExport(library, "jpeg_start_decompress");
            ReadScanlines =
                (delegate* unmanaged<byte*, byte**, uint, uint>)NativeLibrary.GetExport(library, "jpeg_read_scanlines");
            Destroy = (delegate* unmanaged<byte*, void>)NativeLibrary.GetExport(library, "jpeg_destroy_decompress");
            IsAvailable = true;
            return;
        }
    }

    public static bool IsAvailable { get; }

    public static int Version { get; }

    public static nuint StructSize { get; }

    public static delegate* unmanaged<byte*, byte*> StandardError { get; }

    public static delegate* unmanaged<byte*, int, nuint, void> Create { get; }

    public static delegate* unmanaged<byte*, byte*, nuint, void> MemorySource { get; }

    public static delegate* unmanaged<byte*, int, int> ReadHeader { get; }

    public static delegate* unmanaged<byte*, int> Start { get; }

    public static delegate* unmanaged<byte*, byte**, uint, uint> ReadScanlines { get; }

    public static delegate* unmanaged<byte*, void> Destroy { get; }
}
