using TrtBindings.Vision.Tests.Support;

namespace TrtBindings.Kernels.Tests.Engines;

/// <summary>
/// Whole engines on the GPU equal engines on the processor. The stand-in model picks a head by all bits of its input, so a
/// picture that is prepared otherwise gets other results.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ProcessingTests : IDisposable
{
    private readonly EngineRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(3)]
    public void YOLO_detection(int batch)
    {
        using var model = StandInFamily.Yolo(_rig, batch);
        using var onGpu = YoloDetectEngine.Create(model, new() { MaxBatch = 3 });
        using var onCpu = YoloDetectEngine.Create(model, new() { MaxBatch = 3, Processing = Processing.Cpu });
        onGpu.Processing.ToString().ShouldBe("preprocessing and postprocessing on the GPU");
        onCpu.Processing.ToString().ShouldBe("preprocessing and postprocessing on the CPU (Processing is Cpu)");
        var found = 0;
        foreach (var images in Pictures.Batches(30))
        {
            var (mine, theirs) = (onGpu.Detect(images), onCpu.Detect(images));
            for (var i = 0; i < images.Length; i++) mine[i].ShouldBe(theirs[i]);
            found += mine.Sum(one => one.Count);
        }

        found.ShouldBeGreaterThan(200);
    }

    [SkippableTheory]
    [InlineData(MaskSpace.Image)]
    [InlineData(MaskSpace.Model)]
    [InlineData(MaskSpace.None)]
    public void YOLO_segmentation(MaskSpace space)
    {
        using var model = StandInFamily.Seg(_rig);
        var options = new YoloSegOptions { MaxBatch = 3, MaskSpace = space };
        using var onGpu = YoloSegEngine.Create(model, options);
        using var onCpu = YoloSegEngine.Create(model, options with { Processing = Processing.Cpu });
        onGpu.Processing.Reasons.ShouldBeEmpty();
        var found = 0;
        foreach (var images in Pictures.Batches(20))
        {
            var (mine, theirs) = (onGpu.Detect(images), onCpu.Detect(images));
            for (var i = 0; i < images.Length; i++) Same.Instances(mine[i], theirs[i]);
            found += mine.Sum(one => one.Count);
        }

        found.ShouldBeGreaterThan(50);
    }

    [SkippableFact]
    public void YOLO_poses()
    {
        using var model = StandInFamily.Pose(_rig);
        using var onGpu = YoloPoseEngine.Create(model, new() { MaxBatch = 3 });
        using var onCpu = YoloPoseEngine.Create(model, new() { MaxBatch = 3, Processing = Processing.Cpu });
        onGpu.Processing.Reasons.ShouldBeEmpty();
        foreach (var images in Pictures.Batches(20))
        {
            var (mine, theirs) = (onGpu.Detect(images), onCpu.Detect(images));
            for (var i = 0; i < images.Length; i++)
            {
                mine[i].Select(one => (one.Label, one.Score, one.Box))
                    .ShouldBe(theirs[i].Select(one => (one.Label, one.Score, one.Box)));
                mine[i].SelectMany(one => one.KeyPoints.ToArray()).ShouldBe(theirs[i].SelectMany(one => one.KeyPoints.ToArray()));
            }
        }
    }

    [SkippableFact]
    public void YOLO_oriented_boxes()
    {
        using var model = StandInFamily.Obb(_rig);
        using var onGpu = YoloObbEngine.Create(model, new() { MaxBatch = 3 });
        using var onCpu = YoloObbEngine.Create(model, new() { MaxBatch = 3, Processing = Processing.Cpu });
        onGpu.Processing.Reasons.ShouldBeEmpty();
        foreach (var images in Pictures.Batches(20))
        {
            var (mine, theirs) = (onGpu.Detect(images), onCpu.Detect(images));
            for (var i = 0; i < images.Length; i++)
            {
                mine[i].Select(one => (one.Label, one.Score)).ShouldBe(theirs[i].Select(one => (one.Label, one.Score)));
                mine[i].Select(one => one.Box.CentreX).ShouldBe(theirs[i].Select(one => one.Box.CentreX), 1e-3);
                mine[i].Select(one => one.Box.Width).ShouldBe(theirs[i].Select(one => one.Box.Width), 1e-3);
            }
        }
    }

    [SkippableFact]
    public void SCRFD()
    {
        using var model = StandInFamily.Scrfd(_rig);
        var options = new ScrfdOptions { MaxBatch = 3, Confidence = 0.8f };
        using var onGpu = ScrfdEngine.Create(model, options);
        using var onCpu = ScrfdEngine.Create(model, options with { Processing = Processing.Cpu });
        onGpu.Processing.Reasons.ShouldBeEmpty();
        foreach (var images in Pictures.Batches(20))
        {
            var (mine, theirs) = (onGpu.Detect(images), onCpu.Detect(images));
            for (var i = 0; i < images.Length; i++) mine[i].ShouldBe(theirs[i]);
            mine[0].ShouldNotBeEmpty();
        }
    }

    [SkippableFact]
    public void RT_DETR()
    {
        using var model = StandInFamily.Detr(_rig);
        var options = new RtDetrOptions { MaxBatch = 3, Confidence = 0.7f };
        using var onGpu = RtDetrEngine.Create(model, options);
        using var onCpu = RtDetrEngine.Create(model, options with { Processing = Processing.Cpu });
        onGpu.Processing.Reasons.ShouldBeEmpty();
        foreach (var images in Pictures.Batches(20))
        {
            var (mine, theirs) = (onGpu.Detect(images), onCpu.Detect(images));
            for (var i = 0; i < images.Length; i++) mine[i].ShouldBe(theirs[i]);
            mine[0].ShouldNotBeEmpty();
        }
    }

    [SkippableFact]
    public void Classification()
    {
        using var model = StandInFamily.Classifier(_rig);
        var (preprocessing, options) = (ClassificationPreprocessing.Torchvision, new ClassificationOptions { MaxBatch = 3 });
        using var onGpu = ClassificationEngine.Create(model, preprocessing, options);
        using var onCpu = ClassificationEngine.Create(model, preprocessing, options with { Processing = Processing.Cpu });
        onGpu.Processing.Reasons.ShouldBeEmpty();
        foreach (var images in Pictures.Batches(20))
        {
            var (mine, theirs) = (onGpu.Classify(images), onCpu.Classify(images));
            for (var i = 0; i < images.Length; i++)
            {
                mine[i].Select(one => one.Label).ShouldBe(theirs[i].Select(one => one.Label));
                mine[i].Select(one => one.Score).ShouldBe(theirs[i].Select(one => one.Score), 1e-6);
                onGpu.ScoresOf(i).ToArray().ShouldBe(onCpu.ScoresOf(i).ToArray(), 1e-6);
            }
        }
    }

    [SkippableTheory]
    [InlineData(ClassMapSpace.Image)]
    [InlineData(ClassMapSpace.Model)]
    public void Segmentation(ClassMapSpace space)
    {
        using var model = StandInFamily.Segmenter(_rig);
        var (preprocessing, options) = (SegmentationPreprocessing.Torchvision, new SemanticSegmentationOptions
        {
            MaxBatch = 3, Space = space,
        });
        using var onGpu = SemanticSegmentationEngine.Create(model, preprocessing, options);
        using var onCpu = SemanticSegmentationEngine.Create(model, preprocessing, options with { Processing = Processing.Cpu });
        onGpu.Processing.Reasons.ShouldBeEmpty();
        foreach (var images in Pictures.Batches(20))
        {
            var (mine, theirs) = (onGpu.Segment(images), onCpu.Segment(images));
            for (var i = 0; i < images.Length; i++)
            {
                (mine[i].Width, mine[i].Height).ShouldBe((theirs[i].Width, theirs[i].Height));
                mine[i].Values.SequenceEqual(theirs[i].Values).ShouldBeTrue();
            }
        }
    }
}
