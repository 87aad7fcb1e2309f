using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>The GPU has too little memory for a batch: one typed error, and the engine goes on.</summary>
public sealed class PipelineMemoryTests
{
    private const long First = 64L << 30;
    private const long Least = 64 << 10;
    private const int Batch = 8;

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Too_little_memory_for_a_batch_is_one_typed_error_and_the_engine_goes_on(bool onTensorRt)
    {
        var sample = SampleModel.Detect;
        using var model = onTensorRt ? sample.LoadReady("fp32") : sample.LoadOnProvider();
        using var cpu = sample.Open(model, new(Processing.Cpu, Batch));
        using var gpu = sample.Open(model, new(Processing.Gpu, Batch));
        var small = sample.Pictures();
        ImageMemory[] large = [.. Enumerable.Range(0, Batch).Select(i => FullHd.Scale(small[i % small.Length], 4096, 2160))];
        var expected = cpu.One(small[0]);
        var comparison = new OutcomeComparison();
        for (var i = 0; i < 5; i++) comparison.Add(expected, gpu.One(small[0]), "before");
        var taken = new List<DeviceMemory>();
        try
        {
            TakeAll(taken);
            var error = Record.Exception(() => gpu.Detect(large)).ShouldBeOfType<DeviceMemoryException>();
            PipelineFigures.Report($"a batch without memory, {model.Backend}", error.Message);
            comparison.Add(expected, gpu.One(small[0]), "without memory for more");
        }
        finally
        {
            foreach (var memory in taken) memory.Dispose();
            GpuMachine.Context.Synchronize();
            GpuMachine.Context.Allocator.Trim();
        }

        var found = gpu.Detect(large);
        var wanted = cpu.Detect(large);
        for (var i = 0; i < Batch; i++) comparison.Add(wanted[i], found[i], "with memory again");
        PipelineFigures.Check($"before, without and again with memory, {model.Backend}", comparison.ToString(),
            OutcomeComparison.Bar, comparison.Holds && comparison.Finds > 0);
    }

    /// <summary>Takes pieces, ever smaller, until the driver has none of the least size.</summary>
    private static void TakeAll(List<DeviceMemory> taken)
    {
        var context = GpuMachine.Context;
        for (var size = First; size >= Least;)
        {
            try
            {
                taken.Add(context.Allocator.Allocate((nint)size));
            }
            catch (DeviceMemoryException)
            {
                size /= 2;
            }
        }
    }
}
