using System.Diagnostics;
using System.Globalization;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.TypedResults;

namespace TrtBindings.Gpu.Tests.CudaProvider;

/// <summary>Typed results of every sample model on the CUDA provider, against those of the processor. TF32 is off.</summary>
public sealed class CudaResultTests
{
    private const float Confidence = 0.25f;

    /// <summary>Boxes in pixels and scores. A score so near the threshold may be on either side of it.</summary>
    private static readonly Tolerance Bar = new(0.01, 1e-4, 1e-4);

    [SkippableFact]
    public void Machine()
    {
        OnCuda.Require();
        using var model = DigitsVit.Load(OnCuda.Options);
        OnCuda.Report("library", $"{model.Backend}");
        OnCuda.Report("date", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        model.Backend.Kind.ShouldBe(BackendKind.OnnxRuntimeCuda);
    }

    [SkippableFact]
    public void Objects_are_those_of_the_CPU() =>
        Compare("desk-detect, objects", options => DeskDetect.Load(options), OnCuda.Scenes(), 45, model =>
        {
            var engine = YoloDetectEngine.Create(model, new() { Confidence = Confidence });
            return (engine, picture =>
                [.. engine.Detect(picture).Select(one => new Find(one.ClassIndex, one.Score, one.Box, null, null))]);
        });

    [SkippableFact]
    public void Poses_are_those_of_the_CPU()
    {
        var points = new Dictionary<string, List<float>> { ["cpu"] = [], ["gpu"] = [] };
        Compare("desk-pose, objects with key points", options => DeskPose.Load(options), OnCuda.Scenes(), 10, model =>
        {
            var engine = YoloPoseEngine.Create(model, new() { Confidence = Confidence });
            var seen = points[model.Backend.Kind == BackendKind.OnnxRuntimeCpu ? "cpu" : "gpu"];
            return (engine, picture => [.. engine.Detect(picture).Select(one =>
            {
                foreach (var point in one.KeyPoints.ToArray()) seen.AddRange([point.X, point.Y]);
                return new Find(one.ClassIndex, one.Score, one.Box, null, null);
            })]);
        }, times: false);
        var worst = Worst(points["cpu"], points["gpu"]);
        OnCuda.Check("desk-pose, key points", FigureLog.Text(worst, "px", 6), "0.01 px", worst <= 0.01);
    }

    [SkippableFact]
    public void Oriented_boxes_are_those_of_the_CPU()
    {
        var corners = new Dictionary<string, List<float>> { ["cpu"] = [], ["gpu"] = [] };
        Compare("desk-obb, oriented boxes by what encloses them", options => DeskObb.Load(options), OnCuda.Scenes(), 45, model =>
        {
            var engine = YoloObbEngine.Create(model, new() { Confidence = Confidence });
            var seen = corners[model.Backend.Kind == BackendKind.OnnxRuntimeCpu ? "cpu" : "gpu"];
            return (engine, picture => [.. engine.Detect(picture).Select(one =>
            {
                var (first, second, third, _) = one.Box.Corners;
                seen.AddRange([first.X, first.Y, second.X, second.Y, third.X, third.Y]);
                return new Find(one.ClassIndex, one.Score, one.Box.Enclosing, null, null);
            })]);
        }, times: false);
        var worst = Worst(corners["cpu"], corners["gpu"]);
        OnCuda.Check("desk-obb, corners", FigureLog.Text(worst, "px", 6), "0.01 px", worst <= 0.01);
    }

    [SkippableFact]
    public void Instances_are_those_of_the_CPU() =>
        Compare("desk-seg, instances", options => DeskSeg.Load(options), OnCuda.Scenes(), 45, model =>
        {
            var engine = YoloSegEngine.Create(model, new() { Confidence = Confidence });
            return (engine, picture => Find.Of(engine.Detect(picture)));
        });

    [SkippableFact]
    public void Instances_of_the_end_to_end_form_are_those_of_the_CPU() =>
        Compare("desk-seg-e2e, instances", options => DeskSegE2e.Load(options), OnCuda.Scenes(), 45, model =>
        {
            var engine = YoloSegEngine.Create(model, new() { Confidence = Confidence });
            return (engine, picture => Find.Of(engine.Detect(picture)));
        });

    [SkippableFact]
    public void Instances_of_Mask_RCNN_in_fixed_slots_are_those_of_the_CPU() =>
        Compare("desk-maskrcnn-480x640, instances", options => DeskMaskrcnn480x640.Load(options), OnCuda.Scenes(), 45, model =>
        {
            var engine = MaskRcnnEngine.Create(model);
            return (engine, picture => Find.Of(engine.Detect(picture)));
        });

    [SkippableFact]
    public void Instances_of_Mask_RCNN_as_exported_are_those_of_the_CPU() =>
        Compare("desk-maskrcnn, instances", options => DeskMaskrcnn.Load(options), OnCuda.Scenes(), 45, model =>
        {
            var engine = MaskRcnnEngine.Create(model);
            return (engine, picture => Find.Of(engine.Detect(picture)));
        });

    [SkippableFact]
    public void Faces_are_those_of_the_CPU() =>
        Compare("faces-scrfd, faces and key points", options => FacesScrfd.Load(options), OnCuda.Faces(), 10, model =>
        {
            var engine = ScrfdEngine.Create(model, new() { InputWidth = 640, InputHeight = 480 });
            return (engine, picture => Find.Of(engine.Detect(picture)));
        });

    [SkippableFact]
    public void Class_maps_are_those_of_the_CPU()
    {
        OnCuda.Require();
        using var onCpu = DeskSemantic.Load(OnCuda.Processor);
        using var onGpu = DeskSemantic.Load(OnCuda.Options);
        var preprocessing = SegmentationPreprocessing.UnitRange with { ShortSide = 384 };
        using var cpu = SemanticSegmentationEngine.Create(onCpu, preprocessing);
        using var gpu = SemanticSegmentationEngine.Create(onGpu, preprocessing);
        var (equal, pixels) = (0L, 0L);
        foreach (var picture in OnCuda.Scenes())
        {
            var (expected, found) = (cpu.Segment(picture), gpu.Segment(picture));
            (found.Width, found.Height).ShouldBe((expected.Width, expected.Height));
            pixels += expected.Values.Length;
            for (var i = 0; i < expected.Values.Length; i++)
                if (expected.Values[i] == found.Values[i]) equal++;
        }

        OnCuda.Check("desk-semantic, class maps", $"{equal} of {pixels} pixels equal", "99.99 %", equal >= 0.9999 * pixels);
    }

    [SkippableFact]
    public void Classes_are_those_of_the_CPU()
    {
        OnCuda.Require();
        ImageMemory[] pictures = [.. OnCuda.Scenes(), .. OnCuda.Faces()];
        using var digitsOnCpu = DigitsVit.Load(OnCuda.Processor);
        using var digitsOnGpu = DigitsVit.Load(OnCuda.Options);
        Scores("digits-vit", digitsOnCpu, digitsOnGpu, ClassificationPreprocessing.Timm, 10);
        using var deskOnCpu = DeskClassify.Load(OnCuda.Processor);
        using var deskOnGpu = DeskClassify.Load(OnCuda.Options);
        Scores("desk-classify", deskOnCpu, deskOnGpu, ClassificationPreprocessing.Ultralytics, 6);

        void Scores<TLabel>(string name, IClassificationModel<TLabel> onCpu, IClassificationModel<TLabel> onGpu,
            ClassificationPreprocessing preprocessing, int classes)
            where TLabel : unmanaged, Enum
        {
            var options = new ClassificationOptions { Top = classes, MaxBatch = pictures.Length };
            using var cpu = ClassificationEngine.Create(onCpu, preprocessing, options);
            using var gpu = ClassificationEngine.Create(onGpu, preprocessing, options);
            var (expected, found) = (cpu.Classify(pictures), gpu.Classify(pictures));
            var worst = 0.0;
            for (var i = 0; i < pictures.Length; i++)
                foreach (var one in expected[i])
                {
                    var score = found[i].Single(other => other.ClassIndex == one.ClassIndex).Score;
                    worst = Math.Max(worst, Math.Abs((double)score - one.Score));
                }

            OnCuda.Check($"{name}, scores of {classes} classes", string.Create(CultureInfo.InvariantCulture,
                $"{pictures.Length} pictures: {worst:0.#######}"), "0.0001", worst <= 1e-4);
        }
    }

    private static void Compare<TModel>(string what, Func<ModelOptions?, TModel> load, ImageMemory[] pictures, int least,
        Func<TModel, (IDisposable Engine, Func<ImageMemory, Find[]> Find)> open, bool times = true)
        where TModel : IDisposable
    {
        OnCuda.Require();
        using var onCpu = load(OnCuda.Processor);
        using var onGpu = load(OnCuda.Options);
        var (cpu, findOnCpu) = open(onCpu);
        var (gpu, findOnGpu) = open(onGpu);
        using (cpu)
        using (gpu)
        {
            var comparison = new FindComparison(Bar);
            foreach (var picture in pictures) comparison.Add(findOnCpu(picture), findOnGpu(picture), Confidence);
            if (times) OnCuda.Report($"{what}: time of a call", $"{Time(findOnGpu)}, {Time(findOnCpu)} on the CPU");
            OnCuda.Check(what, comparison.ToString(), comparison.Bar, comparison.Holds);
            comparison.Finds.ShouldBeGreaterThanOrEqualTo(least);
        }

        string Time(Func<ImageMemory, Find[]> find)
        {
            var all = new double[10];
            for (var i = 0; i < all.Length; i++)
            {
                var start = Stopwatch.GetTimestamp();
                find(pictures[0]);
                all[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            return FigureLog.Text(Statistics.Median(all), "ms");
        }
    }

    /// <summary>Largest difference. Both lists are in the order of the scores, as a comparison before has checked.</summary>
    private static double Worst(List<float> expected, List<float> found)
    {
        found.Count.ShouldBe(expected.Count);
        return expected.Zip(found, (one, other) => Math.Abs((double)one - other)).DefaultIfEmpty().Max();
    }
}
