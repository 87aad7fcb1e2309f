using System.Text;

namespace TrtBindings.Build;

/// <summary>
/// Files of text in obj that two builds may want at one time: an editor asks for its view while a build runs. A file is always
/// there in whole or not at all.
/// </summary>
internal static class RecordFile
{
    /// <summary>No write takes this long: an older file was left behind by a build that was killed.</summary>
    private static readonly TimeSpan LeftBehind = TimeSpan.FromHours(1);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The lines of a record; none if it is missing or another program holds it, and all is looked at again.</summary>
    public static string[] Read(string path)
    {
        try
        {
            if (!File.Exists(path)) return [];
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            using var reader = new StreamReader(stream, Utf8);
            var lines = new List<string>();
            while (reader.ReadLine() is { } line) lines.Add(line);
            return [.. lines];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Writes a record. If that fails, the older one stays, and the next build finds that it does not fit.</summary>
    public static void Write(string path, IEnumerable<string> lines)
    {
        try
        {
            Replace(path, string.Concat(lines.Select(line => line + Environment.NewLine)), Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Writes a text, which is no error if another build has just written the same.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="scratch">A folder of the same disk, for the file that becomes this one.</param>
    public static void Replace(string path, string text, string scratch)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(scratch);
        var whole = Path.Combine(scratch, Path.GetFileName(path) + "." + Guid.NewGuid().ToString("N") + ".tmp");
        try
        {
            File.WriteAllText(whole, text, Utf8);
            if (File.Exists(path)) File.Replace(whole, path, null, ignoreMetadataErrors: true);
            else File.Move(whole, path);
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && Has(path, text))
        {
        }
        finally
        {
            File.Delete(whole);
        }

        RemoveLeftovers(scratch, Path.GetFileName(path));
    }

    private static void RemoveLeftovers(string scratch, string name)
    {
        try
        {
            var limit = DateTime.UtcNow - LeftBehind;
            // In a pattern of the system a ? may stand for nothing.
            var length = name.Length + ".".Length + Guid.Empty.ToString("N").Length + ".tmp".Length;
            foreach (var file in Directory.GetFiles(scratch, name + ".*.tmp"))
                if (Path.GetFileName(file).Length == length && File.GetLastWriteTimeUtc(file) < limit) File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another build removes them too, or a scanner holds one.
        }
    }

    /// <summary>Whether a file has exactly this text.</summary>
    public static bool Has(string path, string text)
    {
        try
        {
            return File.Exists(path) && string.Equals(File.ReadAllText(path), text, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
