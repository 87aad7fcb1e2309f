using System.Diagnostics;

namespace TrtBindings.Cli.Tests;

/// <summary>The tool as <c>dotnet tool install</c> gets it: packed per platform, and installed from a folder.</summary>
[Trait("Category", "Slow")]
public sealed class ToolPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtb-tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("linux-x64")]
    [InlineData("any")]
    public void The_tool_is_packed_without_a_warning_and_installed_from_a_folder(string platform)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.Is64BitProcess,
            "The script is for a shell, and this package for Linux.");
        var packages = Path.Combine(_folder, "packages");
        var packed = Run(Path.Combine(TestPaths.RepositoryRoot, "src", "TrtBindings.Cli", "pack.sh"), packages, platform);
        // Native AOT and trimming warn with IL and four digits.
        packed.ShouldNotContain("warning", Case.Sensitive);
        Directory.GetFiles(packages, "*.nupkg").Length.ShouldBe(2);
        var tools = Path.Combine(_folder, "tools");
        Run("dotnet", "tool", "install", "TrtBindings.Cli", "--tool-path", tools, "--source", packages);
        Run(Path.Combine(tools, "trtb"), "--version").Trim().ShouldBe("0.1.0");
        Run(Path.Combine(tools, "trtb"), "inspect", Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-seg.onnx"))
            .ShouldContain("YoloSeg");
        // ONNX Runtime's library is in the package too.
        Run(Path.Combine(tools, "trtb"), "doctor", "--require", "cpu").ShouldContain("OnnxRuntimeCpu: right");
    }

    private string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder,
        };
        // What is unpacked here is not what another run has packed under the same version.
        start.Environment["NUGET_PACKAGES"] = Path.Combine(_folder, "unpacked");
        if (program.EndsWith(".sh", StringComparison.Ordinal)) start.Environment.Remove("NUGET_PACKAGES");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, output + errors.Result);
        return output;
    }
}
