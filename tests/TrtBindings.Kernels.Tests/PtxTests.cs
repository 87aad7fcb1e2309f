using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using TrtBindings.TestSupport;

namespace TrtBindings.Kernels.Tests;

public sealed partial class PtxTests
{
    private static readonly string Folder = Path.Combine(TestPaths.RepositoryRoot, "native", "kernels");

    [Trait("Category", "Slow")]
    [SkippableFact]
    public void The_PTX_is_what_its_sources_compile_to()
    {
        var committed = File.ReadAllText(Path.Combine(Folder, "kernels.ptx"));
        var major = Major().Match(committed.Split('\n')[0]).Groups[1].Value;
        major.ShouldNotBeEmpty();
        var compiler = new[] { $"clang-{major}", "clang" }.FirstOrDefault(name => VersionOf(name) == major);
        Skip.If(compiler is null, $"The PTX was made by clang {major}, which this machine does not have.");
        var target = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo("bash", [Path.Combine(Folder, "build.sh"), target]) { RedirectStandardError = true };
            start.Environment["CLANG"] = compiler;
            using var process = Process.Start(start)!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0, said);
            (File.ReadAllText(target) == committed).ShouldBeTrue("Run native/kernels/build.sh and commit kernels.ptx.");
        }
        finally
        {
            File.Delete(target);
        }
    }

    [Fact]
    public void The_library_carries_the_committed_PTX() => Encoding.UTF8.GetString(KernelSet.Ptx).ShouldBe(
        File.ReadAllText(Path.Combine(Folder, "kernels.ptx")));

    [Theory]
    [InlineData("resizeLinear")]
    [InlineData("antialiasedFirst")]
    [InlineData("antialiasedLast")]
    [InlineData("torchResize")]
    [InlineData("torchFirst")]
    [InlineData("torchLast")]
    public void Kernels_that_touch_every_pixel_keep_everything_in_registers(string kernel)
    {
        var ptx = Encoding.UTF8.GetString(KernelSet.Ptx);
        var own = ptx.Split(".entry ").Single(part => part.StartsWith(kernel + "(", StringComparison.Ordinal));
        own.ShouldNotContain("call.uni");
        own.ShouldNotContain("__local_depot");
    }

    [GeneratedRegex(@"clang (\d+)")]
    private static partial Regex Major();

    [GeneratedRegex(@"version (\d+)\.")]
    private static partial Regex Version();

    /// <summary>The major of a compiler; <see langword="null"/> if there is none of this name.</summary>
    private static string? VersionOf(string compiler)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(compiler, ["--version"]) { RedirectStandardOutput = true })!;
            var said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return Version().Match(said).Groups[1].Value;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
