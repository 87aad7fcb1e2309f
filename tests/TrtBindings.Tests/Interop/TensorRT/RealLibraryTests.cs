using System.Diagnostics;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Interop.TensorRT;

/// <summary>
/// The real libraries beside the repository, each in a process of its own. Without a GPU they load, report their version, call
/// the logger and create no runtime, which must be an error with their own message. With a GPU every result must be the known
/// one.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RealLibraryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trtbindings-real-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableTheory]
    [InlineData("10.6.0", "libnvinfer.so.10", "10.6.0.26", false)]
    [InlineData("10.15.1", "libnvinfer_dispatch.so.10", "10.15.1.29", false)]
    [InlineData("11.4.0", "libnvinfer_lean.so.11", "11.4.0.106", true)]
    public void It_passes_the_version_gate_and_answers_or_says_why_not(
        string folder, string file, string version, bool newerThanTables)
    {
        var libraries = Shared.Require($"tensorrt/{folder}");
        Skip.IfNot(OperatingSystem.IsLinux(), "These are libraries of Linux.");
        // Large files are split into pieces.
        foreach (var packed in Directory.GetFiles(libraries).GroupBy(path => path[..path.LastIndexOf(".xz")]))
            Unpack([.. packed.Order(StringComparer.Ordinal)], Path.Combine(_folder, Path.GetFileName(packed.Key)));

        var driver = FirstContact.Driver();
        var (lines, allRight) = FirstContact.Ask(Path.Combine(_folder, file), driver);
        lines.ShouldContain($"version {version}");
        lines.ShouldContain($"newer than the tables: {newerThanTables}");
        lines.ShouldContain("ok getInferLibVersion");
        lines.ShouldContain("ok the logger is called");
        if (file == "libnvinfer.so.10") lines.ShouldContain("ok getNvOnnxParserVersion");
        allRight.ShouldBe(driver is not null, string.Join('\n', lines));
        if (driver is null)
            lines.ShouldContain(line => line.StartsWith("wrong createInferRuntime: TensorRtException: TensorRT " + version)
                && line.Contains("CUDA initialization failure"));
    }

    private static void Unpack(string[] pieces, string target)
    {
        var start = new ProcessStartInfo("xz", ["-dc"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "There is no xz on this machine.");
        }

        using (process)
        {
            var feeding = Task.Run(() =>
            {
                using var input = process!.StandardInput.BaseStream;
                foreach (var piece in pieces)
                    using (var file = File.OpenRead(piece)) file.CopyTo(input);
            });
            using (var output = File.Create(target)) process!.StandardOutput.BaseStream.CopyTo(output);
            feeding.Wait();
            process.WaitForExit();
            process.ExitCode.ShouldBe(0);
        }
    }
}
