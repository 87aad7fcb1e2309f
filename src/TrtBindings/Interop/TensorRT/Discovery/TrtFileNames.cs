using System.Globalization;
using System.Text.RegularExpressions;

namespace TrtBindings.Interop.TensorRT;

/// <summary>Names of TensorRT's files on one platform, and the versions in them.</summary>
/// <param name="Windows">Whether names are those of Windows.</param>
internal sealed partial record TrtFileNames(bool Windows)
{
    /// <summary>Majors that are looked for, the newest first.</summary>
    public static IReadOnlyList<int> Majors { get; } = [11, 10];

    /// <summary>
    /// The name that programs load: <c>libnvinfer.so.10</c>, <c>nvinfer_10.dll</c>. Never the bare <c>libnvinfer.so</c>, which
    /// may be of any major, or a stub for linking.
    /// </summary>
    /// <param name="library">Plain name: <c>nvinfer</c>, <c>nvonnxparser</c>, <c>nvinfer_plugin</c>.</param>
    /// <param name="major">Major version.</param>
    public string Of(string library, int major) => Windows ? $"{library}_{major}.dll" : $"lib{library}.so.{major}";

    /// <summary>The name with the whole version in it; <see langword="null"/> on Windows, where files have none.</summary>
    public string? Of(string library, Version version) => Windows ? null : $"lib{library}.so.{ThreeParts(version)}";

    /// <summary>The version in a file's name, of three parts; <see langword="null"/> if it has fewer.</summary>
    public static Version? VersionOf(string path)
    {
        var match = VersionAtEnd().Match(Path.GetFileName(path));
        return match.Success ? Version.Parse(match.Groups["version"].Value) : null;
    }

    /// <summary>The major version in a file's name; <see langword="null"/> if it has none.</summary>
    public static int? MajorOf(string path) =>
        MajorInName().Match(Path.GetFileName(path)) is { Success: true } match
            ? int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The version that the folder of an unpacked archive is named for: <c>TensorRT-10.6.0.26/lib</c>.</summary>
    public static Version? VersionOfArchive(string folder)
    {
        for (string? at = folder; !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
        {
            var match = ArchiveFolder().Match(Path.GetFileName(at));
            if (match.Success) return Version.Parse(match.Groups["version"].Value);
        }

        return null;
    }

    /// <summary>The Python package and the version that pip wrote down: <c>tensorrt_cu12_libs-10.6.0.26.dist-info</c>.</summary>
    public static (string Package, Version Version)? PackageOf(string recordFolder)
    {
        var match = PackageRecord().Match(Path.GetFileName(recordFolder));
        return match.Success
            ? (match.Groups["package"].Value.Replace('_', '-'), Version.Parse(match.Groups["version"].Value))
            : null;
    }

    /// <summary>The first three parts as text.</summary>
    public static string ThreeParts(Version version) => version.Build < 0 ? $"{version}.0" : version.ToString(3);

    /// <summary>Whether two versions agree in all parts that both have.</summary>
    public static bool Agree(Version left, Version right) =>
        left.Major == right.Major && left.Minor == right.Minor
        && (left.Build < 0 || right.Build < 0 || left.Build == right.Build)
        && (left.Revision < 0 || right.Revision < 0 || left.Revision == right.Revision);

    [GeneratedRegex(@"\.so\.(?<version>\d{1,4}\.\d{1,4}\.\d{1,4})$")]
    private static partial Regex VersionAtEnd();

    [GeneratedRegex(@"(?:\.so\.|_)(?<major>\d{1,4})(?:\.\d+)*(?:\.dll)?$")]
    private static partial Regex MajorInName();

    [GeneratedRegex(@"^TensorRT-(?<version>\d{1,4}(?:\.\d{1,4}){2,3})(?!\d)")]
    private static partial Regex ArchiveFolder();

    [GeneratedRegex(@"^(?<package>tensorrt(?:_cu\d+)?_libs)-(?<version>\d{1,4}(?:\.\d{1,4}){2,3})(?:\.post\d+)?\.dist-info$")]
    private static partial Regex PackageRecord();
}
