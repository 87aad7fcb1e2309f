using System.IO.Compression;
using System.Xml.Linq;

namespace TrtBindings.Package.Tests;

/// <summary>The packages as <c>dotnet pack</c> makes them, once for all tests that use them.</summary>
public sealed class PackedPackages
{
    /// <summary>Packs what was built with these tests.</summary>
    public PackedPackages()
    {
        // artifacts/bin/<project>/<configuration>/
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        Folder = Path.Combine(TestPaths.RepositoryRoot, "artifacts", "package-tests", configuration);
        Unpacked = Path.Combine(TestPaths.RepositoryRoot, "artifacts", "package-tests", "unpacked");
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        // Packages of others are kept for the next time. Ours have changed, and their version has not.
        Directory.CreateDirectory(Unpacked);
        string[] ours = ["trtbindings*", "native*"];
        foreach (var old in ours.SelectMany(pattern => Directory.GetDirectories(Unpacked, pattern)))
            Directory.Delete(old, recursive: true);
        Output = DotNet.Succeed(TestPaths.RepositoryRoot, "pack", "TrtBindings.sln", "--no-build", "-v:m", "-c", configuration,
            $"-p:PackageOutputPath={Folder}");
    }

    /// <summary>Where the packages are.</summary>
    public string Folder { get; }

    /// <summary>Where projects that use the packages unpack them.</summary>
    public string Unpacked { get; }

    /// <summary>The machine's folder of unpacked packages, which is only read. An empty text if there is none.</summary>
    public string Machine { get; } = MachineFolder();

    /// <summary>What the command printed.</summary>
    public string Output { get; }

    /// <summary>Version of all packages.</summary>
    public string Version => Directory.GetFiles(Folder, "TrtBindings.*.nupkg").Select(Path.GetFileNameWithoutExtension)
        .Select(name => name!["TrtBindings.".Length..]).Single(rest => char.IsAsciiDigit(rest[0]));

    /// <summary>The version of a package of others that this repository uses.</summary>
    public static string VersionHere(string id) =>
        XDocument.Load(Path.Combine(TestPaths.RepositoryRoot, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(package => (string?)package.Attribute("Include") == id).Attribute("Version")!.Value;

    /// <summary>The files in a package, without those that every package has.</summary>
    public string[] Entries(string package, string extension = "nupkg")
    {
        using var zip = ZipFile.OpenRead(FileOf(package, extension));
        return [.. zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal).Where(name => name != "[Content_Types].xml"
            && !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal))];
    }

    /// <summary>The text of a file in a package.</summary>
    public string Read(string package, string entry)
    {
        using var zip = ZipFile.OpenRead(FileOf(package, "nupkg"));
        using var reader = new StreamReader(zip.GetEntry(entry).ShouldNotBeNull(entry).Open());
        return reader.ReadToEnd();
    }

    private static string MachineFolder()
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return Directory.Exists(folder) ? folder : "";
    }

    private string FileOf(string package, string extension) => Path.Combine(Folder, $"{package}.{Version}.{extension}");
}

/// <summary>Tests that use the packages run one after the other: each builds, and some need gigabytes of disk.</summary>
[CollectionDefinition(Name)]
public sealed class PackagesCollection : ICollectionFixture<PackedPackages>
{
    public const string Name = "packages";
}
