using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>Thousands of frames of changing sizes: every result right, and no memory that grows.</summary>
public sealed class FrameSoakTests
{
    private const int Frames = 10_000;
    private const int Sizes = 40;
    private const long MostGrowth = 2L << 20;

    [SkippableTheory]
    [InlineData(true, Frames)]
    [InlineData(false, Frames / 5)]
    public void Frames_of_changing_sizes_have_the_CPUs_results_and_device_memory_is_flat(bool onTensorRt, int frames)
    {
        var sample = SampleModel.Seg;
        using var model = onTensorRt ? sample.LoadReady("fp16") : sample.LoadOnProvider();
        using var cpu = sample.Open(model, new(Processing.Cpu));
        using var gpu = sample.Open(model, new(Processing.Gpu));
        var pictures = Pictures();
        Outcome[][] expected = [.. pictures.Select(cpu.One)];
        // Every size twice first: room grows to that of the largest.
        for (var i = 0; i < 2 * pictures.Length; i++) gpu.One(pictures[i % pictures.Length]);
        var comparison = new OutcomeComparison();
        var random = new Random(1);
        var before = FreeBytes();
        for (var i = 0; i < frames; i++)
        {
            var index = random.Next(pictures.Length);
            comparison.Add(expected[index], gpu.One(pictures[index]));
        }

        var grown = before - FreeBytes();
        var where = onTensorRt ? "TensorRT" : "the CUDA provider";
        FigureLog.CheckAll(
            new(PipelineFigures.Group, $"{frames:N0} frames of {Sizes} sizes, {where}", comparison.ToString(),
                OutcomeComparison.Bar, comparison.Holds && comparison.Finds > 0),
            new(PipelineFigures.Group, $"device memory over {frames:N0} frames of {Sizes} sizes, {where}",
                $"{(grown > 0 ? "+" : "")}{FigureLog.MiB(grown)}", $"at most {FigureLog.MiB(MostGrowth)} more",
                grown <= MostGrowth));
    }

    /// <summary>Scenes at sizes from a few pixels to 1920 x 1080.</summary>
    private static ImageMemory[] Pictures()
    {
        var scenes = SampleModel.Seg.Pictures();
        var random = new Random(7);
        return
        [
            .. Enumerable.Range(0, Sizes).Select(i => FullHd.Scale(scenes[i % scenes.Length],
                i == 0 ? 1 : 16 + random.Next(FullHd.Width - 16), i == 0 ? 1 : 16 + random.Next(FullHd.Height - 16))),
        ];
    }

    private static long FreeBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GpuMachine.Context.Synchronize();
        return GpuMachine.Context.MemoryInfo().FreeBytes;
    }
}
