using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// A file with compiled kernels and the PTX that they were made of: a mark, the length of the PTX, a checksum of the kernels, the
/// PTX, the kernels. The PTX is compared as a whole, which costs less time than a cryptographic hash of it: the first of those in
/// a process loads OpenSSL, which takes longer than all the rest.
/// </summary>
internal static class KernelFile
{
    private const int HeadBytes = 16;
    private const int MaxBytes = 1 << 30;
    private const int PartBytes = 64 << 10;

    private static ReadOnlySpan<byte> Mark => "TRTBKRN2"u8;

    /// <summary>A name for PTX. Other PTX may have the same one by accident, and then takes its place.</summary>
    public static string NameOf(ReadOnlySpan<byte> ptx) => string.Concat(
        ChecksumOf(ptx).ToString("x8", CultureInfo.InvariantCulture), "-",
        ptx.Length.ToString("x", CultureInfo.InvariantCulture));

    /// <summary>
    /// Reads the kernels; <see langword="null"/> if there is no file, if it is damaged or of other PTX, or if other users can
    /// write to it.
    /// </summary>
    public static byte[]? Read(string path, ReadOnlySpan<byte> ptx)
    {
        try
        {
            if (!File.Exists(path) || FileTrust.Danger(path) is not null) return null;
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file) - HeadBytes - ptx.Length;
            if (length is <= 0 or > MaxBytes) return null;
            // New memory costs more time than copying into it, so the PTX goes through a small part of it.
            var part = new byte[PartBytes];
            if (RandomAccess.Read(file, part.AsSpan(0, HeadBytes), 0) != HeadBytes || !part.AsSpan().StartsWith(Mark)
                || BinaryPrimitives.ReadInt32LittleEndian(part.AsSpan(Mark.Length)) != ptx.Length) return null;
            var checksum = BinaryPrimitives.ReadUInt32LittleEndian(part.AsSpan(Mark.Length + sizeof(int)));
            for (var at = 0; at < ptx.Length;)
            {
                var read = RandomAccess.Read(file, part.AsSpan(0, Math.Min(part.Length, ptx.Length - at)), HeadBytes + at);
                if (read == 0 || !ptx.Slice(at, read).SequenceEqual(part.AsSpan(0, read))) return null;
                at += read;
            }

            var kernels = GC.AllocateUninitializedArray<byte>((int)length);
            for (var at = 0; at < kernels.Length;)
            {
                var read = RandomAccess.Read(file, kernels.AsSpan(at), HeadBytes + ptx.Length + at);
                if (read == 0) return null;
                at += read;
            }

            return ChecksumOf(kernels) == checksum ? kernels : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file, which is never seen half written.</summary>
    /// <exception cref="IOException">No room, or the folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> ptx, ReadOnlySpan<byte> kernels)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        Mark.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[Mark.Length..], ptx.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[(Mark.Length + sizeof(int))..], ChecksumOf(kernels));
        AtomicFile.Write(path, [.. head, .. ptx, .. kernels]);
    }

    /// <summary>CRC-32C.</summary>
    private static uint ChecksumOf(ReadOnlySpan<byte> bytes)
    {
        var sum = ~0u;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (var one in bytes[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}
