using System.Security.Cryptography;

namespace TrtBindings.TensorRT.Cache;

/// <summary>
/// A small file of the cache that tells whether it is whole: a mark, the SHA-256 of the content, the content.
/// </summary>
internal static class HashedFile
{
    private const int MaxBytes = 1 << 30;

    /// <summary>Reads a file; <see langword="null"/> if it is not there, damaged, or if other users can write to it.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="mark">The bytes that it begins with.</param>
    public static byte[]? Read(string path, ReadOnlySpan<byte> mark)
    {
        try
        {
            if (!File.Exists(path) || FileTrust.Danger(path) is not null) return null;
            var head = mark.Length + SHA256.HashSizeInBytes;
            if (new FileInfo(path).Length is var length && (length < head || length > MaxBytes)) return null;
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length < head || !bytes.AsSpan().StartsWith(mark)) return null;
            var hash = SHA256.HashData(bytes.AsSpan(head));
            return bytes.AsSpan(mark.Length, hash.Length).SequenceEqual(hash) ? bytes[head..] : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file, which is never seen half written.</summary>
    /// <exception cref="IOException">No room, or the folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> mark, ReadOnlySpan<byte> content) =>
        AtomicFile.Write(path, [.. mark, .. SHA256.HashData(content), .. content]);
}
