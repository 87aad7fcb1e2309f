using System.Globalization;
using System.Text.RegularExpressions;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT.Discovery;

/// <summary>The names of TensorRT's files on one platform, and the versions in file names.</summary>
/// <param name="Windows">Whether the platform is Windows.</param>
internal sealed partial record TrtFileNames(bool Windows)
{
    /// <summary>The names of this system.</summary>
    public static TrtFileNames OfThisSystem { get; } = new(OperatingSystem.IsWindows());

    /// <summary>
    /// The name that programs load: <c>libnvinfer.so.10</c>, <c>nvinfer_10.dll</c>. Never the bare <c>libnvinfer.so</c>, which
    /// may be of any major, or a stub for linking.
    /// </summary>
    /// <param name="library">Plain name: <c>nvinfer</c>, <c>nvonnxparser</c>, <c>nvinfer_plugin</c>.</param>
    /// <param name="major">A known major version.</param>
    public string Of(string library, int major) => TrtReleases.FileOf(library, major, Windows);

    /// <summary>The names of a library in all known majors, in the order in which they are looked for.</summary>
    public IEnumerable<string> OfAllMajors(string library)
    {
        var names = new List<string>();
        foreach (var major in TrtReleases.Majors) names.Add(Of(library, major));
        return names;
    }

    /// <summary>
    /// The name with the whole version; <see langword="null"/> on Windows, where file names have only the major.
    /// </summary>
    public string? Of(string library, Version version) => Windows ? null : $"lib{library}.so.{ThreeParts(version)}";

    /// <summary>The version of three parts in a file name; <see langword="null"/> if the name has fewer parts.</summary>
    public static Version? VersionOf(string path)
    {
        var match = VersionAtEnd().Match(Path.GetFileName(path));
        return match.Success ? Version.Parse(match.Groups["version"].Value) : null;
    }

    /// <summary>The major version in a file name; <see langword="null"/> if the name has none.</summary>
    public static int? MajorOf(string path) =>
        MajorInName().Match(Path.GetFileName(path)) is { Success: true } match
            ? int.Parse(match.Groups["major"].Value, CultureInfo.InvariantCulture)
            : null;

    /// <summary>The version in the folder name of an unpacked archive: <c>TensorRT-10.6.0.26/lib</c>.</summary>
    public static Version? VersionOfArchive(string folder)
    {
        for (string? at = folder; !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
        {
            var match = ArchiveFolder().Match(Path.GetFileName(at));
            if (match.Success) return Version.Parse(match.Groups["version"].Value);
        }

        return null;
    }

    /// <summary>Package and version in the name of a pip record: <c>tensorrt_cu12_libs-10.6.0.26.dist-info</c>.</summary>
    public static (string Package, Version Version)? PackageOf(string recordFolder)
    {
        var match = PackageRecord().Match(Path.GetFileName(recordFolder));
        return match.Success
            ? (match.Groups["package"].Value.Replace('_', '-'), Version.Parse(match.Groups["version"].Value))
            : null;
    }

    /// <summary>The first three parts of a version as text.</summary>
    public static string ThreeParts(Version version) => version.Build < 0 ? $"{version}.0" : version.ToString(3);

    /// <summary>True if two versions agree in all parts that both have.</summary>
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
