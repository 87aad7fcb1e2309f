using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>
/// Every way to say where TensorRT lies builds, each in a process of its own: the loader reads its environment when a process
/// starts, and a builder resource that was loaded once is found by name from then on.
/// </summary>
public sealed class LayoutTests
{
    private const string Loader = "LD_LIBRARY_PATH";
    private const string Variable = "TRTBINDINGS_TENSORRT";

    [SkippableTheory]
    [InlineData("the loader's variable")]
    [InlineData("the variable of this library")]
    [InlineData("the option")]
    public void An_engine_is_built_wherever_TensorRT_lies_if_it_is_told_by(string way)
    {
        GpuMachine.RequireBuilder();
        var trt = Path.GetDirectoryName(GpuMachine.Installation.Library)!;
        // The driver or a CUDA runtime may be in other folders of the loader's variable.
        var others = (Environment.GetEnvironmentVariable(Loader) ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Where(folder => !Directory.Exists(folder) || !Directory.EnumerateFiles(folder, "libnvinfer*").Any());
        var environment = new Dictionary<string, string?>
        {
            [Loader] = string.Join(
                ':', way == "the loader's variable" ? [GpuMachine.Installation.Folder, trt, .. others] : others),
            [Variable] = way == "the variable of this library" ? trt : null,
        };
        var cache = ManifestBuild.NewFolder();
        try
        {
            var (code, output) = ChildProcess.Run(
                "build", environment, ChildProcess.BuildLimit, OneBuild.SmallModel, cache, way == "the option" ? trt : "-");
            FigureLog.Check("builds", $"TensorRT told by {way}", output.Trim(), "an engine is built", code == 0);
            Directory.EnumerateFiles(cache, "*.engine").ShouldHaveSingleItem();
            Directory.EnumerateFiles(cache, ".*").ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }
}
