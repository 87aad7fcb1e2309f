namespace TrtBindings.Conversion;

/// <summary>Files of pictures to measure ranges on.</summary>
internal static class PictureFiles
{
    /// <summary>
    /// Ranges of values change little after a few pictures, and all of them are in memory while they are measured.
    /// </summary>
    public const int EnoughForRanges = 16;

    /// <summary>Ends of the names of what Skia reads.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>The pictures of a folder and the folders in it, by path.</summary>
    public static string[] In(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal),
    ];
}
