using System.Globalization;
using System.Text.RegularExpressions;

namespace TrtBindings.Package.Tests;

/// <summary>A user who follows the README gets what it promises.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed partial class ReadmeTests(PackedPackages packages)
{
    private static readonly string Text = File.ReadAllText(Path.Combine(TestPaths.RepositoryRoot, "README.md"));

    [Fact]
    public void Its_program_compiles_and_runs_in_a_new_project_with_its_nuget_config_and_reference()
    {
        using var folder = new ModelFolder();
        // Packages are unpacked where the other tests of this project unpack them, not into the user's folder.
        Write("Directory.Build.props",
            $"""
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>{packages.Unpacked}</RestorePackagesPath>
                <RestoreFallbackFolders>{packages.Machine}</RestoreFallbackFolders>
                <NuGetAudit>false</NuGetAudit>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
            </Project>
            """);
        DotNet.Succeed(folder.Path, "new", "console", "-n", "QuickStart", "--no-restore");
        var project = Path.Combine(folder.Path, "QuickStart");
        const string Folder = "/path/to/clone/artifacts/package/release";
        var config = Block("xml", "<configuration>");
        config.ShouldContain(Folder);
        Write("QuickStart/nuget.config", config.Replace(Folder, packages.Folder, StringComparison.Ordinal));
        var file = Path.Combine(project, "QuickStart.csproj");
        File.WriteAllText(file, File.ReadAllText(file).Replace(
            "</Project>", $"{Block("xml", "<PackageReference")}</Project>", StringComparison.Ordinal));
        Write("QuickStart/Program.cs", Block("csharp", ""));
        Copy("samples/models/desk-seg.onnx", "QuickStart/models/desk-seg.onnx");
        Copy("samples/images/still-life.png", "QuickStart/images/still-life.png");

        DotNet.Succeed(project, "build", "-v:m", "-o", "out");
        var output = DotNet.Succeed(project, Path.Combine(project, "out", "QuickStart.dll"));
        output.ShouldContain("(CPU)");
        Find().Count(output).ShouldBeGreaterThanOrEqualTo(3, output);
        File.ReadAllBytes(Path.Combine(project, "quickstart.png"))[..4].ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G']);

        void Write(string name, string content) => folder.Add(name, System.Text.Encoding.UTF8.GetBytes(content));
        void Copy(string from, string to) =>
            folder.Add(to, File.ReadAllBytes(Path.Combine(TestPaths.RepositoryRoot, from)));
    }

    [Fact]
    public void The_sizes_in_its_table_are_those_of_the_packages()
    {
        var stated = SizeRow().Matches(Text).ToDictionary(
            row => row.Groups["id"].Value,
            row => double.Parse(row.Groups["size"].Value, CultureInfo.InvariantCulture));
        var measured = Directory.GetFiles(packages.Folder, "*.nupkg").ToDictionary(
            file => Path.GetFileNameWithoutExtension(file)[..^(packages.Version.Length + 1)],
            file => new FileInfo(file).Length / 1e6);
        stated.Keys.Order(StringComparer.Ordinal).ShouldBe(measured.Keys.Order(StringComparer.Ordinal));
        foreach (var (id, size) in measured) stated[id].ShouldBe(size, (0.15 * size) + 0.005, id);
    }

    /// <summary>The first code block of a language that contains a text, without the indentation of a list.</summary>
    private static string Block(string language, string part) => CodeBlock().Matches(Text)
        .Where(block => block.Groups["language"].Value == language)
        .Select(block => block.Groups["code"].Value)
        .First(code => code.Contains(part, StringComparison.Ordinal));

    [GeneratedRegex("^ *```(?<language>[a-z]+)\n(?<code>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlock();

    /// <summary>A line of an instance: its label, its score and its box.</summary>
    [GeneratedRegex(@"^[a-z]+ 0\.\d\d ", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Find();

    [GeneratedRegex(@"^\| `(?<id>TrtBindings[^`]*)` \| (?<size>[\d.]+) MB \|", RegexOptions.Multiline)]
    private static partial Regex SizeRow();
}
