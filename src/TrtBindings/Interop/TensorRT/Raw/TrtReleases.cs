using System.Globalization;

namespace TrtBindings.Interop.TensorRT.Raw;

/// <summary>
/// What each release of TensorRT has. Everything that depends on the version asks this table. It is generated from
/// native/tensorrt/releases.txt and enums.txt; the README there says how to add a minor and a major.
/// </summary>
internal static partial class TrtReleases
{
    /// <summary>Whether this library can call a major.</summary>
    public static bool IsKnown(int major) => Majors.Contains(major);

    /// <summary>
    /// Whether a release is newer than the newest minor whose headers were compared with the tables. Such a release is used:
    /// inside a major NVIDIA only appends to the method tables.
    /// </summary>
    public static bool IsNewerThanTables(TrtVersion version) => version.Minor > NewestMinorOf(version.Major);

    /// <summary>The majors for a message, oldest first: <c>10 or 11</c>.</summary>
    /// <param name="word">The word between them.</param>
    public static string Text(string word) => string.Join($" {word} ", Majors.ToArray().Order());

    /// <summary>The name under which programs load a library: <c>libnvinfer.so.10</c>, <c>nvinfer_10.dll</c>.</summary>
    /// <param name="library">The plain name, for example <c>nvinfer</c>.</param>
    /// <param name="major">The major. An unknown one is named like the newest known one.</param>
    /// <param name="windows">Whether the file is one of Windows.</param>
    public static string FileOf(string library, int major, bool windows) =>
        FilePatternOf(major, windows).Replace("{name}", library, StringComparison.Ordinal)
            .Replace("{major}", major.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static bool IsFrom(TrtVersion version, int major, int minor) =>
        version.Major > major || (version.Major == major && version.Minor >= minor);
}
