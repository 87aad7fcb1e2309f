namespace TrtBindings.Kernels.Tests.Engines;

public sealed class ProcessingTests
{
    [SkippableFact]
    public void An_engine_on_the_GPU_finds_what_it_finds_on_the_processor()
    {
        using var rig = new EngineRig();
        using var model = StandInYolo.Of(rig);
        using var onGpu = YoloDetectEngine.Create(model, new() { MaxBatch = 3, MultiLabel = true });
        using var onCpu = YoloDetectEngine.Create(model, new() { MaxBatch = 3, MultiLabel = true, Processing = Processing.Cpu });
        onGpu.Processing.ToString().ShouldBe("preprocessing and postprocessing on the GPU");
        (onCpu.Processing.Preprocessing, onCpu.Processing.Postprocessing).ShouldBe((ProcessingPlace.Cpu, ProcessingPlace.Cpu));
        onCpu.Processing.ToString().ShouldBe("preprocessing and postprocessing on the CPU (Processing is Cpu)");
        var found = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            ImageMemory[] images = [.. Enumerable.Range(0, 1 + (seed % 3)).Select(i => Pictures.Noise(
                (seed * 3) + i, random.Next(1, 200), random.Next(1, 200), (PixelFormat)random.Next(5)))];
            var (mine, theirs) = (onGpu.Detect(images), onCpu.Detect(images));
            for (var i = 0; i < images.Length; i++) mine[i].ShouldBe(theirs[i], $"{seed}, {i}");
            found += mine.Sum(one => one.Count);
        }

        found.ShouldBeGreaterThan(200);
    }
}
