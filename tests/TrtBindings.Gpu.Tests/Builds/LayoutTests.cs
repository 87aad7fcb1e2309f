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
        var model = ModelSource.Find(Digits.CompiledSignature, typeof(Digits).Assembly).Path!;
        var environment = new Dictionary<string, string?>
        {
            [Loader] = way == "the loader's variable" ? $"{GpuMachine.Installation.Folder}:{trt}" : null,
            [Variable] = way == "the variable of this library" ? trt : null,
        };
        var cache = ManifestBuild.NewFolder();
        try
        {
            var (code, output) = ChildProcess.Run(
                "build", environment, ChildProcess.BuildLimit, model, cache, way == "the option" ? trt : "-");
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
