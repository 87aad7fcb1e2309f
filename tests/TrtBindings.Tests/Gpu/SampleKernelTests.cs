using System.Diagnostics;
using TrtBindings.Tests.Interop.Cuda;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Gpu;

/// <summary>The kernel of the sample: its PTX is what its source compiles to, and it loads.</summary>
[Trait("Category", "Slow")]
public sealed class SampleKernelTests
{
    private static readonly string Folder = Path.Combine(TestPaths.RepositoryRoot, "samples", "CustomKernel");

    [SkippableFact]
    public void The_committed_PTX_is_what_the_source_compiles_to()
    {
        Skip.IfNot(File.Exists("/usr/bin/clang-14"), "clang 14 is not installed");
        var copy = Directory.CreateTempSubdirectory("trtbindings-").FullName;
        try
        {
            foreach (var name in new[] { "build.sh", "stretch-ink.cu" })
                File.Copy(Path.Combine(Folder, name), Path.Combine(copy, name));
            using var build = Process.Start("bash", Path.Combine(copy, "build.sh"));
            build.WaitForExit(60_000).ShouldBeTrue();
            build.ExitCode.ShouldBe(0);
            File.ReadAllText(Path.Combine(copy, "stretch-ink.ptx"))
                .ShouldBe(File.ReadAllText(Path.Combine(Folder, "stretch-ink.ptx")));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    [SkippableFact]
    public void The_program_names_the_kernel_that_the_PTX_has()
    {
        using var driver = new FakeDriver();
        using var module = GpuModule.Load(driver.Context, File.ReadAllBytes(Path.Combine(Folder, "stretch-ink.ptx")));
        File.ReadAllText(Path.Combine(Folder, "InkWork.cs")).ShouldContain($"Kernel(\"{module.Kernel("stretchInk").Name}\")");
    }
}
