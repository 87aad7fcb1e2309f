using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Conversion;

/// <summary>A small file of text that is written completely or not at all, whenever the process ends.</summary>
internal static class WholeText
{
    /// <summary>Writes it, or replaces it.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <param name="text">What stands in it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text)
    {
        using var work = WorkFolder.Beside(path);
        var whole = work[Path.GetFileName(path)];
        File.WriteAllText(whole, text);
        File.Move(whole, path, overwrite: true);
    }
}
