using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.Interop.TensorRT.Discovery;

/// <summary>Finds the files that belong to a libnvinfer. They lie beside it, and nowhere else.</summary>
internal sealed class TrtSiblings
{
    private const string ResourceName = "nvinfer_builder_resource";

    private readonly TrtFileNames _names;
    private readonly string _library;
    private readonly string _real;
    private readonly string[] _folders;
    private readonly List<string> _passedOver = [];

    private TrtSiblings(TrtFileNames names, string library)
    {
        _names = names;
        _library = library;
        _real = RealPath(library);
        // The folder of the file itself comes first: a link to it may lie in a folder with the files of another version.
        _folders = [.. new[] { Path.GetDirectoryName(_real)!, Path.GetDirectoryName(library)! }.Distinct()];
    }

    /// <summary>Finds everything that belongs to one libnvinfer.</summary>
    public static TrtInstallation Of(TrtFileNames names, string library, TrtLibrarySource source) =>
        new TrtSiblings(names, library).Find(source);

    private TrtInstallation Find(TrtLibrarySource source)
    {
        var record = PackageRecord();
        var version = FindVersion(record?.Version);
        var major = version?.Major ?? TrtFileNames.MajorOf(_real) ?? TrtFileNames.MajorOf(_library) ?? TrtReleases.Majors[0];
        return new()
        {
            Library = _library,
            Folder = _folders[0],
            Source = source,
            Version = version,
            Package = record?.Package,
            Parser = FindLibrary("nvonnxparser", major, version),
            Plugins = FindLibrary("nvinfer_plugin", major, version),
            VersionCompatiblePlugins = FindLibrary("nvinfer_vc_plugin", major, version),
            CudaRuntimes = [.. CudaRuntimes()],
            BuilderResources = [.. Resources(major, version)],
            PassedOver = _passedOver,
        };
    }

    private Version? FindVersion(Version? ofPackage)
    {
        var resources = _folders.SelectMany(folder => TrtFolders.Files(folder, $"*{ResourceName}*"))
            .Select(TrtFileNames.VersionOf).OfType<Version>().Distinct().ToArray();
        Version?[] told =
        [
            TrtFileNames.VersionOf(_real), TrtFileNames.VersionOfArchive(_folders[0]), ofPackage,
            resources.Length == 1 ? resources[0] : null,
        ];
        // The folder of an archive may have any name. The major in the name of the file is right.
        var major = TrtFileNames.MajorOf(_real) ?? TrtFileNames.MajorOf(_library);
        var known = told.FirstOrDefault(version => version is not null && (major is null || version.Major == major));
        // File names have three parts; the package record and the archive have a fourth.
        return known is null ? null : told.FirstOrDefault(
            fuller => fuller is { Revision: >= 0 } && TrtFileNames.Agree(fuller, known)) ?? known;
    }

    private (string Package, Version Version)? PackageRecord() =>
        Path.GetFileName(_folders[0]) is not "tensorrt_libs" || Path.GetDirectoryName(_folders[0]) is not { } site ? null
            : TrtFolders.Folders(site, "tensorrt*.dist-info").Select(TrtFileNames.PackageOf)
                .FirstOrDefault(record => record?.Version.Major == TrtFileNames.MajorOf(_library));

    private string? FindLibrary(string library, int major, Version? version)
    {
        foreach (var folder in _folders)
        {
            // The file of the exact version comes first: in a shared folder the plain name may link to another version.
            if (version is not null && _names.Of(library, version) is { } exact && File.Exists(Path.Combine(folder, exact)))
                return Path.Combine(folder, exact);
            var path = Path.Combine(folder, _names.Of(library, major));
            if (!File.Exists(path)) continue;
            if (version is null || TrtFileNames.VersionOf(RealPath(path)) is not { } other || TrtFileNames.Agree(other, version))
                return path;
            _passedOver.Add($"'{path}' is of {other}, and the libnvinfer in use is of {version}");
        }

        return null;
    }

    private IEnumerable<string> Resources(int major, Version? version)
    {
        foreach (var path in _folders.SelectMany(folder => TrtFolders.Files(folder, $"*{ResourceName}*")).Distinct())
        {
            // Resources for cross-building to Windows are of no use here.
            if (Path.GetFileName(path).Contains("_win", StringComparison.Ordinal)) continue;
            var fits = TrtFileNames.VersionOf(path) is { } own
                ? version is null ? own.Major == major : TrtFileNames.Agree(own, version)
                : TrtFileNames.MajorOf(path) == major;
            if (fits) yield return path;
            else _passedOver.Add($"'{path}' is of another version than the libnvinfer in use");
        }
    }

    private IEnumerable<string> CudaRuntimes()
    {
        var lib = _names.Windows ? "bin" : "lib";
        List<string> places = [.. _folders];
        if (Path.GetFileName(_folders[0]) == "tensorrt_libs" && Path.GetDirectoryName(_folders[0]) is { } site)
        {
            // The Python packages of CUDA 12 and of CUDA 13 have different folders.
            places.Add(Path.Combine(site, "nvidia", "cuda_runtime", lib));
            places.AddRange(
                TrtFolders.Folders(Path.Combine(site, "nvidia"), "cu1*").Select(folder => Path.Combine(folder, lib)));
        }

        var pattern = _names.Windows ? "cudart64_*.dll" : "libcudart.so.??";
        return places.SelectMany(place => TrtFolders.Files(place, pattern));
    }

    private static string RealPath(string path) =>
        new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;
}
