namespace TrtBindings.Gpu.Tests.Pipeline;

/// <summary>A warm call with lists of the caller allocates no managed memory, on TensorRT and on the CUDA provider.</summary>
public sealed class ProcessingAllocationTests
{
    private const int WarmUps = 30;
    private const int Calls = 200;

    [SkippableTheory]
    [InlineData("desk-seg")]
    [InlineData("desk-detect")]
    [InlineData("desk-pose")]
    [InlineData("faces-scrfd")]
    [InlineData("desk-maskrcnn-480x640")]
    [InlineData("desk-classify")]
    [InlineData("digits-vit")]
    public void On_TensorRT_a_warm_call_allocates_nothing(string name)
    {
        var sample = SampleModel.Named(name);
        using var model = sample.LoadReady("fp32");
        Check($"{name} on TensorRT", sample, model);
    }

    [SkippableTheory]
    [InlineData("desk-seg")]
    [InlineData("desk-detect")]
    [InlineData("desk-pose")]
    [InlineData("desk-obb")]
    [InlineData("faces-scrfd")]
    [InlineData("desk-maskrcnn-480x640")]
    [InlineData("desk-semantic")]
    [InlineData("desk-classify")]
    [InlineData("digits-vit")]
    public void On_the_CUDA_provider_a_warm_call_allocates_nothing(string name)
    {
        var sample = SampleModel.Named(name);
        using var model = sample.LoadOnProvider();
        Check($"{name} on the CUDA provider", sample, model);
    }

    private static void Check(string what, SampleModel sample, OnnxModel model)
    {
        using var engine = sample.Open(model, new(Processing.Auto));
        var pictures = sample.Pictures();
        // Its input follows the picture, and for each size the provider prepares its convolutions anew, a tenth of a second each.
        if (sample == SampleModel.Semantic) pictures = pictures[..1];
        for (var i = 0; i < WarmUps * pictures.Length; i++) engine.Fill(pictures[i % pictures.Length]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++) engine.Fill(pictures[i % pictures.Length]);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        PipelineFigures.Check(
            $"{what}: bytes allocated in {Calls} warm calls", $"{bytes} ({engine.Processing})", "0", bytes == 0);
    }
}
