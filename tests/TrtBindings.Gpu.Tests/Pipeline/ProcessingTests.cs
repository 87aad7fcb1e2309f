namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>
/// Every sample model with pictures prepared and results made on the GPU, against the CPU pipeline on the same loaded model: one
/// picture a call, the largest batches, and as many calls in flight as the engine takes.
/// </summary>
public sealed class ProcessingTests
{
    [SkippableTheory]
    [InlineData("desk-seg", "fp32", 45)]
    [InlineData("desk-seg", "fp16", 45)]
    [InlineData("desk-seg-e2e", "fp16", 45)]
    [InlineData("desk-detect", "fp32", 45)]
    [InlineData("desk-pose", "fp32", 10)]
    [InlineData("desk-pose", "fp16", 10)]
    [InlineData("faces-scrfd", "fp32", 10)]
    [InlineData("faces-scrfd", "fp16", 10)]
    [InlineData("desk-maskrcnn-480x640", "fp32", 45)]
    [InlineData("desk-classify", "fp32", 6)]
    [InlineData("digits-vit", "fp32", 10)]
    [InlineData("digits-vit", "fp16", 10)]
    public void On_TensorRT_results_are_those_of_the_CPU_pipeline(string name, string precision, int least)
    {
        var sample = SampleModel.Named(name);
        using var model = sample.LoadReady(precision);
        Compare($"{name} {precision} on TensorRT", sample, model, least);
    }

    [SkippableTheory]
    [InlineData("desk-seg", 45)]
    [InlineData("desk-seg-e2e", 45)]
    [InlineData("desk-detect", 45)]
    [InlineData("desk-pose", 10)]
    [InlineData("desk-obb", 45)]
    [InlineData("faces-scrfd", 10)]
    [InlineData("desk-maskrcnn-480x640", 45)]
    [InlineData("desk-maskrcnn", 45)]
    [InlineData("desk-semantic", 10)]
    [InlineData("desk-classify", 6)]
    [InlineData("digits-vit", 10)]
    public void On_the_CUDA_provider_results_are_those_of_the_CPU_pipeline(string name, int least)
    {
        var sample = SampleModel.Named(name);
        using var model = sample.LoadOnProvider();
        Compare($"{name} on the CUDA provider", sample, model, least);
    }

    private static void Compare(string what, SampleModel sample, OnnxModel model, int least)
    {
        using var cpu = sample.Open(model, new(Processing.Cpu, sample.Batch));
        using var gpu = sample.Open(model, new(Processing.Auto, sample.Batch));
        var places = gpu.Processing;
        var pictures = sample.Pictures();
        var comparison = new OutcomeComparison();
        Outcome[][] expected = [.. pictures.Select(cpu.One)];
        // Twice: results of replayed graphs, too.
        for (var round = 0; round < 2; round++)
            for (var i = 0; i < pictures.Length; i++) comparison.Add(expected[i], gpu.One(pictures[i]), "alone");

        for (var i = 0; i < pictures.Length && sample.Batch > 1; i += sample.Batch)
        {
            var found = gpu.Detect([.. pictures.Skip(i).Take(sample.Batch)]);
            for (var k = 0; k < found.Length; k++) comparison.Add(expected[i + k], found[k], $"in a batch of {found.Length}");
        }

        var flying = new Queue<(int Index, Task<Outcome[]> Found)>();
        for (var i = 0; i < pictures.Length; i++)
        {
            if (flying.Count == InFlight(places)) Land();
            flying.Enqueue((i, gpu.DetectAsync(pictures[i])));
        }

        while (flying.Count > 0) Land();

        // Only a run tells how much torchvision's own export found.
        var (results, bar) = sample == SampleModel.MaskRcnnAsExported
            ? (ProcessingPlace.Cpu, "preprocessing on the GPU") : (ProcessingPlace.Gpu, "both on the GPU");
        Figures.FigureLog.CheckAll(
            new(PipelineFigures.Group, $"{what}: places", places.ToString(), bar,
                places.Preprocessing == ProcessingPlace.Gpu && places.Postprocessing == results),
            new(PipelineFigures.Group, $"{what}: results", comparison.ToString(), OutcomeComparison.Bar, comparison.Holds));
        expected.Sum(one => one.Length).ShouldBeGreaterThanOrEqualTo(least);

        void Land()
        {
            var (index, found) = flying.Dequeue();
            comparison.Add(expected[index], found.GetAwaiter().GetResult(), "in flight");
        }
    }

    /// <summary>Where one half runs on the processor an engine takes one call.</summary>
    private static int InFlight(EngineProcessing places) =>
        places is { Preprocessing: ProcessingPlace.Gpu, Postprocessing: ProcessingPlace.Gpu } ? 2 : 1;
}
