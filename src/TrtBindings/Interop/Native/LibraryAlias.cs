using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace TrtBindings.Interop.Native;

/// <summary>
/// Lets the loader of Linux find a library under a name that is neither its file's nor its own, in folders that the loader does
/// not search. The loader knows a loaded library by its SONAME. So a shared object of a few hundred bytes is written and loaded
/// that has the wanted SONAME and needs nothing but the real file, by its full path. Whoever opens the wanted name afterwards
/// gets this object, and finds the symbols of the real library in it. The environment is not touched: the loader reads
/// LD_LIBRARY_PATH only when the process starts.
/// </summary>
internal static class LibraryAlias
{
    private const int HeaderBytes = 64;
    private const int SegmentBytes = 56;
    private const int SymbolBytes = 24;

    // DT_NEEDED, DT_SONAME, DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT, DT_NULL.
    private const int DynamicEntries = 8;
    private const int DynamicAt = HeaderBytes + (3 * SegmentBytes);
    private const int HashAt = DynamicAt + (DynamicEntries * 16);
    private const int SymbolsAt = HashAt + 16;
    private const int TextAt = SymbolsAt + SymbolBytes;

    /// <summary>The largest page of any Linux on these processors.</summary>
    private const int Alignment = 0x10000;

    /// <summary>Loads a library so that opening a plain name gives it from now on. It stays loaded.</summary>
    /// <param name="name">The plain name, for example <c>libx.so.1</c>.</param>
    /// <param name="path">Full path of the library.</param>
    /// <param name="folder">A folder that only this user can write to. Nothing is left in it.</param>
    /// <returns>Why it was not possible, as a sentence; <see langword="null"/> if it was.</returns>
    public static string? Load(string name, string path, string folder)
    {
        if (MachineOf(RuntimeInformation.ProcessArchitecture) is not { } machine)
            return $"No alias can be made for a {RuntimeInformation.ProcessArchitecture} processor.";
        var file = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(file, options)) stream.Write(Image(machine, name, path));
            NativeLibrary.Load(file);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException
            or BadImageFormatException)
        {
            return string.Join(
                ' ', e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }
        finally
        {
            // What is loaded stays loaded without its file.
            TryDelete(file);
        }
    }

    /// <summary>The bytes of the shared object.</summary>
    /// <param name="machine">The processor's number in ELF files.</param>
    /// <param name="name">Its SONAME.</param>
    /// <param name="path">What it needs.</param>
    internal static byte[] Image(ushort machine, string name, string path)
    {
        var (soname, needed) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(path));
        // Texts end with a zero, and the first one is empty.
        var textBytes = 1 + soname.Length + 1 + needed.Length + 1;
        var image = new byte[TextAt + textBytes];
        Header(image, machine);
        // One segment with everything, to be written to: the loader puts addresses into the dynamic section.
        Segment(image, 0, type: 1, flags: 6, at: 0, image.Length, Alignment);
        Segment(image, 1, type: 2, flags: 6, DynamicAt, DynamicEntries * 16, align: 8);
        // Without this one the loader would make the stacks of the process executable, which newer systems refuse.
        Segment(image, 2, type: 0x6474e551, flags: 6, at: 0, bytes: 0, align: 16);
        (long Tag, long Value)[] entries =
        [
            (1, 1 + soname.Length + 1), (14, 1), (4, HashAt), (5, TextAt), (6, SymbolsAt), (10, textBytes), (11, SymbolBytes),
            (0, 0),
        ];
        for (var i = 0; i < entries.Length; i++)
        {
            Long(image, DynamicAt + (16 * i), entries[i].Tag);
            Long(image, DynamicAt + (16 * i) + 8, entries[i].Value);
        }

        // A hash table of one empty bucket and of one symbol, which is the empty one that every table begins with.
        Int(image, HashAt, 1);
        Int(image, HashAt + 4, 1);
        soname.CopyTo(image, TextAt + 1);
        needed.CopyTo(image, TextAt + 1 + soname.Length + 1);
        return image;
    }

    /// <summary>The processor's number in ELF files; <see langword="null"/> for one that TensorRT does not run on.</summary>
    private static ushort? MachineOf(Architecture architecture) => architecture switch
    {
        Architecture.X64 => 62,
        Architecture.Arm64 => 183,
        _ => null,
    };

    private static void Header(byte[] image, ushort machine)
    {
        // 64 bits, little-endian, version 1, for any system.
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(image);
        Short(image, 16, 3); // A shared object.
        Short(image, 18, machine);
        Int(image, 20, 1);
        Long(image, 32, HeaderBytes); // Where the segments begin.
        Short(image, 52, HeaderBytes);
        Short(image, 54, SegmentBytes);
        Short(image, 56, 3);
        Short(image, 58, 64); // Size of a section, of which there are none.
    }

    private static void Segment(byte[] image, int index, uint type, int flags, long at, long bytes, long align)
    {
        var start = HeaderBytes + (index * SegmentBytes);
        Int(image, start, unchecked((int)type));
        Int(image, start + 4, flags);
        // Place in the file, virtual and physical address.
        for (var i = 0; i < 3; i++) Long(image, start + 8 + (8 * i), at);
        Long(image, start + 32, bytes);
        Long(image, start + 40, bytes);
        Long(image, start + 48, align);
    }

    private static void Short(byte[] image, int at, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at), value);

    private static void Int(byte[] image, int at, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(at), value);

    private static void Long(byte[] image, int at, long value) =>
        BinaryPrimitives.WriteInt64LittleEndian(image.AsSpan(at), value);

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The cache removes temporary files that were left behind.
        }
    }
}
