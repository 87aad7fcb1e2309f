using System.Security.Cryptography;

namespace TrtBindings.TensorRT.Cache;

/// <summary>SHA-256 hashes as text: <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
internal static class ContentHash
{
    /// <summary>The prefix that tells a hash from other values.</summary>
    public const string Prefix = "sha256:";

    private const int BufferBytes = 1 << 20;

    /// <summary>The hash of bytes in memory.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Prefix + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The hash of a file, read in pieces.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string OfFile(string path, CancellationToken cancellationToken)
    {
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
        for (int count; (count = file.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
        }

        return Text(hash);
    }

    /// <summary>The hash of everything appended so far, as text.</summary>
    public static string Text(IncrementalHash hash) => Prefix + Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <summary>Tells whether a value is a hash.</summary>
    public static bool IsHash(string value) =>
        value.Length == Prefix.Length + (2 * SHA256.HashSizeInBytes) && value.StartsWith(Prefix, StringComparison.Ordinal);
}
