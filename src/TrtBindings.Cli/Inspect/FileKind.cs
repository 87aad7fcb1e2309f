namespace TrtBindings.Cli.Inspect;

/// <summary>
/// Tells engines from models by their first bytes. Names of files say nothing: .engine, .plan, .trt and .bin are usual.
/// </summary>
internal static class FileKind
{
    /// <summary>A plan begins with these letters; Ultralytics puts a length of four bytes and JSON before it.</summary>
    private static ReadOnlySpan<byte> Plan => "ftrt"u8;

    private static ReadOnlySpan<byte> Json => "{\""u8;

    /// <summary>Whether a file looks like an engine.</summary>
    /// <exception cref="UsageException">It is missing or cannot be read.</exception>
    public static bool IsEngine(string path)
    {
        if (Directory.Exists(path)) throw new UsageException($"'{path}' is a folder. Name the model in it.");
        Span<byte> head = stackalloc byte[6];
        try
        {
            using var file = File.OpenHandle(path);
            var count = RandomAccess.Read(file, head, 0);
            return head[..count].StartsWith(Plan) || (count == head.Length && head[4..].SequenceEqual(Json));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"There is no file '{path}'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {e.Message}");
        }
    }
}
