
namespace TrtBindings.Kernels.Tests.Engines;

[Trait("Category", "Slow")]
public sealed class RefusalTests : IDisposable
{
    private static readonly ClassificationPreprocessing Lanczos =
        ClassificationPreprocessing.Timm with { Filter = ResizeFilter.Lanczos };

    private readonly EngineRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void A_half_without_kernels_runs_on_the_processor_and_the_engine_says_why()
    {
        using var model = StandInFamily.Classifier(_rig);
        using var engine = ClassificationEngine.Create(model, Lanczos);
        using var onCpu = ClassificationEngine.Create(model, Lanczos, new() { Processing = Processing.Cpu });
        (engine.Processing.Preprocessing, engine.Processing.Postprocessing).ShouldBe((ProcessingPlace.Cpu, ProcessingPlace.Gpu));
        engine.Processing.ToString().ShouldStartWith("preprocessing on the CPU, postprocessing on the GPU (preprocessing: ");
        engine.Processing.ToString().ShouldContain("Lanczos");
        engine.MaxInFlight.ShouldBe(1);
        foreach (var images in Pictures.Batches(10))
            engine.Classify(images[0])[0].Label.ShouldBe(onCpu.Classify(images[0])[0].Label);
    }

    [SkippableFact]
    public void Processing_Gpu_is_refused_with_the_reason_when_the_engine_is_made()
    {
        using var model = StandInFamily.Classifier(_rig);
        var error = Should.Throw<ProcessingException>(
            () => ClassificationEngine.Create(model, Lanczos, new() { Processing = Processing.Gpu }));
        error.Reasons.Single().ShouldContain("Lanczos");
        error.Message.ShouldContain("Processing.Auto");
        using var engine = ClassificationEngine.Create(
            model, ClassificationPreprocessing.Timm, new() { Processing = Processing.Gpu });
        engine.Processing.Reasons.ShouldBeEmpty();
    }

    [SkippableFact]
    public void Kernels_that_do_not_load_mean_the_processor_and_the_reason()
    {
        using var model = StandInFamily.Yolo(_rig);
        // The driver is too old for the PTX.
        _rig.Driver.Set("newest_ptx", 60);
        using (var engine = YoloDetectEngine.Create(model))
        {
            engine.Processing.Preprocessing.ShouldBe(ProcessingPlace.Cpu);
            engine.Processing.Reasons.Single().ShouldStartWith("the kernels do not load");
            engine.Detect(Pictures.Noise(1, 50, 50));
        }

        Should.Throw<ProcessingException>(() => YoloDetectEngine.Create(model, new() { Processing = Processing.Gpu }));
    }

    [SkippableFact]
    public void Too_little_memory_for_a_batch_is_one_typed_error_and_the_engine_goes_on()
    {
        using var model = StandInFamily.Yolo(_rig);
        using var engine = YoloDetectEngine.Create(model, new() { MaxBatch = 4 });
        using var onCpu = YoloDetectEngine.Create(model, new() { MaxBatch = 4, Processing = Processing.Cpu });
        var small = Pictures.Noise(1, 50, 50);
        engine.Detect(small).ShouldBe(onCpu.Detect(small));
        ImageMemory[] large = [.. Enumerable.Range(0, 4).Select(i => Pictures.Noise(i, 1500, 1500))];
        _rig.Driver.SetMemory(0, _rig.Driver.UsedMemory(0) + (1 << 20));
        Should.Throw<DeviceMemoryException>(() => engine.Detect(large));
        engine.Detect(small).ShouldBe(onCpu.Detect(small));
        _rig.Driver.SetMemory(0, 1L << 30);
        engine.Detect(large).ShouldBe(onCpu.Detect(large));
    }

    [SkippableFact]
    public void Without_memory_when_the_engine_is_made_the_processor_does_it_and_the_reason_says_so()
    {
        using var model = StandInFamily.Yolo(_rig);
        using (var warm = YoloDetectEngine.Create(model)) warm.Detect(Pictures.Noise(1, 50, 50));
        _rig.Driver.Fail("cuMemHostAlloc", 2, callsBefore: 2);
        using var engine = YoloDetectEngine.Create(model);
        engine.Processing.Postprocessing.ShouldBe(ProcessingPlace.Cpu);
        engine.Processing.Reasons.Single().ShouldContain("memory");
        using var onCpu = YoloDetectEngine.Create(model, new() { Processing = Processing.Cpu });
        engine.Detect(Pictures.Noise(1, 50, 50)).ShouldBe(onCpu.Detect(Pictures.Noise(1, 50, 50)));
    }

    [SkippableFact]
    public void Engines_of_one_model_share_the_kernels_and_the_last_one_unloads_them()
    {
        using var model = StandInFamily.Yolo(_rig);
        var before = _rig.Driver.Live("modules");
        var first = YoloDetectEngine.Create(model);
        var second = YoloDetectEngine.Create(model);
        _rig.Driver.Live("modules").ShouldBe(before + 1);
        first.Dispose();
        second.Detect(Pictures.Noise(1, 50, 50));
        second.Dispose();
        _rig.Driver.Live("modules").ShouldBe(before);
    }
}
