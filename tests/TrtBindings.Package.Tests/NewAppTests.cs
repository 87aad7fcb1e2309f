using System.Diagnostics;

namespace TrtBindings.Package.Tests;

/// <summary>What <c>trtb new app</c> makes builds and runs with the packages.</summary>
[Collection(PackagesCollection.Name)]
[Trait("Category", "Slow")]
public sealed class NewAppTests(PackedPackages packages) : IDisposable
{
    private static readonly string Samples = Path.Combine(TestPaths.RepositoryRoot, "samples");

    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_program_of_a_family_finds_what_is_in_a_picture()
    {
        var project = Make(Path.Combine(Samples, "models", "desk-seg.onnx"));
        var output = DotNet.Succeed(project, "run", "--", Path.Combine(Samples, "images", "still-life.png"));
        output.ShouldContain("ONNX Runtime");
        output.ShouldContain("Mug");
        File.Exists(Path.Combine(project, "result.png")).ShouldBeTrue(output);
    }

    [Fact]
    public void The_program_of_a_model_without_a_family_runs_it_and_prints_its_outputs()
    {
        _folder.Add("doubler.onnx", new OnnxModelBuilder()
            .Input("x", ElementType.Float, "n", 3).Output("y", ElementType.Float, "n", 3).Node("Add", ["x", "x"], ["y"]));
        DotNet.Succeed(Make(Path.Combine(_folder.Path, "doubler.onnx")), "run").ShouldContain("y [1, 3]");
    }

    /// <summary>Makes a project whose only source for our packages is what the tool wrote.</summary>
    private string Make(string model)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "Directory.Build.props"),
            $"""
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>{packages.Unpacked}</RestorePackagesPath>
                <RestoreFallbackFolders>{packages.Machine}</RestoreFallbackFolders>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        var project = Path.Combine(_folder.Path, "App");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;
        var tool = Path.Combine(TestPaths.RepositoryRoot, "artifacts", "bin", "TrtBindings.Cli", configuration, "trtb.dll");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [tool, "new", "app", "--model", model, "--output", project, "--source", packages.Folder]))!;
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
        return project;
    }
}
