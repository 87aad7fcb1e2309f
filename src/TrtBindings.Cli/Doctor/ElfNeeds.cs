using System.Buffers.Binary;
using System.Text;

namespace TrtBindings.Cli.Doctor;

/// <summary>Reads which libraries a shared object of Linux needs, without loading it (DT_NEEDED of a 64-bit ELF file).</summary>
internal static class ElfNeeds
{
    private const int Header = 64;
    private const int ProgramHeader = 56;
    private const int Load = 1;
    private const int Dynamic = 2;
    private const int Needed = 1;
    private const int StringTable = 5;
    private const int Entry = 16;
    private const int LongestName = 256;

    /// <summary>
    /// The names of the needed libraries; none if the file is not a 64-bit ELF file of this machine's byte order.
    /// </summary>
    public static IReadOnlyList<string> Of(string path)
    {
        using var file = File.OpenHandle(path);
        var head = Read(file, 0, Header);
        if (head.Length < Header || !head.AsSpan().StartsWith("\u007fELF"u8) || head[4] != 2 || head[5] != 1) return [];
        var table = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(32));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(56));
        var headers = Read(file, table, count * ProgramHeader);
        var segments = Enumerable.Range(0, headers.Length / ProgramHeader)
            .Select(i => headers.AsMemory(i * ProgramHeader, ProgramHeader)).ToArray();
        var dynamic = segments.FirstOrDefault(one => BinaryPrimitives.ReadInt32LittleEndian(one.Span) == Dynamic);
        if (dynamic.IsEmpty) return [];
        var entries = Read(file, Long(dynamic, 8), (int)Math.Min(Long(dynamic, 32), 1 << 20));
        var (needed, strings) = (new List<long>(), 0L);
        for (var at = 0; at + Entry <= entries.Length; at += Entry)
        {
            var (tag, value) = (Long(entries.AsMemory(at), 0), Long(entries.AsMemory(at), 8));
            if (tag == 0) break;
            if (tag == Needed) needed.Add(value);
            else if (tag == StringTable) strings = value;
        }

        // The table is given as an address in memory. The segment that is loaded there says where it lies in the file.
        var home = segments.FirstOrDefault(one => BinaryPrimitives.ReadInt32LittleEndian(one.Span) == Load
            && strings >= Long(one, 16) && strings < Long(one, 16) + Long(one, 32));
        if (home.IsEmpty) return [];
        var start = strings - Long(home, 16) + Long(home, 8);
        return [.. needed.Select(offset => Text(Read(file, start + offset, LongestName)))];
    }

    private static long Long(ReadOnlyMemory<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes.Span[at..]);

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes, 0, Math.Max(0, Array.IndexOf(bytes, (byte)0)));

    private static byte[] Read(Microsoft.Win32.SafeHandles.SafeFileHandle file, long offset, int length)
    {
        var bytes = new byte[Math.Max(0, length)];
        var count = RandomAccess.Read(file, bytes, Math.Max(0, offset));
        return bytes[..count];
    }
}
