using TrtBindings.Gpu.Tests.CudaProvider;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>
/// Typed results of the sample models by ready engines, made by BuildEngine of this library, against those of the processor: one
/// picture a call, then all of them in the largest batches that the engine takes.
/// </summary>
public sealed class OwnEngineTests
{
    private const float Confidence = 0.25f;
    private const int MostImages = 8;
    private const int MostFaceImages = 4;

    [SkippableTheory]
    [InlineData("desk-seg_fp32")]
    [InlineData("desk-seg_fp16")]
    public void Instances_are_those_of_the_CPU(string name) =>
        Compare(name, MostImages, options => DeskSeg.Load(options),
            (plan, options) => DeskSeg.LoadEngine(plan, options), OnCuda.Scenes(), 45, (model, most) =>
        {
            var engine = YoloSegEngine.Create(model, new() { Confidence = Confidence, MaxBatch = most });
            return (engine, pictures => [.. engine.Detect(pictures).Select(Find.Of)]);
        });

    [SkippableFact]
    public void Objects_are_those_of_the_CPU() =>
        Compare("desk-detect_fp32", MostImages, options => DeskDetect.Load(options),
            (plan, options) => DeskDetect.LoadEngine(plan, options), OnCuda.Scenes(), 45, (model, most) =>
        {
            var engine = YoloDetectEngine.Create(model, new() { Confidence = Confidence, MaxBatch = most });
            return (engine, pictures => [.. engine.Detect(pictures)
                .Select(found => Boxes(found, one => (one.ClassIndex, one.Score, one.Box)))]);
        });

    [SkippableTheory]
    [InlineData("desk-pose_fp32")]
    [InlineData("desk-pose_fp16")]
    public void Poses_are_those_of_the_CPU(string name) =>
        Compare(name, MostImages, options => DeskPose.Load(options),
            (plan, options) => DeskPose.LoadEngine(plan, options), OnCuda.Scenes(), 10, (model, most) =>
        {
            var engine = YoloPoseEngine.Create(model, new() { Confidence = Confidence, MaxBatch = most });
            return (engine, pictures => [.. engine.Detect(pictures)
                .Select(found => Boxes(found, one => (one.ClassIndex, one.Score, one.Box)))]);
        });

    [SkippableTheory]
    [InlineData("faces-scrfd_fp32")]
    [InlineData("faces-scrfd_fp16")]
    public void Faces_are_those_of_the_CPU(string name) =>
        Compare(name, MostFaceImages, options => FacesScrfd.Load(options),
            (plan, options) => FacesScrfd.LoadEngine(plan, options), OnCuda.Faces(), 10, (model, most) =>
        {
            var engine = ScrfdEngine.Create(model, new() { InputWidth = 640, InputHeight = 480, MaxBatch = most });
            return (engine, pictures => [.. engine.Detect(pictures).Select(Find.Of)]);
        });

    [SkippableFact]
    public void Instances_of_Mask_RCNN_are_those_of_the_CPU() =>
        Compare("desk-maskrcnn-480x640_fp32", 1, options => DeskMaskrcnn480x640.Load(options),
            (plan, options) => DeskMaskrcnn480x640.LoadEngine(plan, options), OnCuda.Scenes(), 45,
            (model, _) =>
            {
                var engine = MaskRcnnEngine.Create(model);
                return (engine, pictures => [.. engine.Detect(pictures).Select(Find.Of)]);
            });

    private static Find[] Boxes<T>(IEnumerable<T> found, Func<T, (int Class, float Score, Box Box)> of) => [.. found.Select(one =>
    {
        var (index, score, box) = of(one);
        return new Find(index, score, box, null, null);
    })];

    private static void Compare<TModel>(
        string name, int most, Func<ModelOptions?, TModel> load, Func<string, ModelOptions?, TModel> loadEngine,
        ImageMemory[] pictures, int least, Func<TModel, int, (IDisposable Engine, Func<ImageMemory[], Find[][]> Find)> open)
        where TModel : OnnxModel, IDisposable
    {
        ReadyEngine.RequireMachine();
        var folder = GpuData.RequireUnpacked("tensorrt/own");
        using var onCpu = load(OnCuda.Processor);
        using var onGpu = loadEngine(Path.Combine(folder, name + ".plan"), ModelOptions.Require(BackendKind.TensorRT));
        File.ReadAllText(Path.Combine(folder, name + ".json")).ShouldContain(
            TrtBindings.TensorRT.Cache.ContentHash.OfFile(onCpu.Source.Path!, default),
            customMessage: "the engine is of another model");
        var (cpu, findOnCpu) = open(onCpu, most);
        var (gpu, findOnGpu) = open(onGpu, most);
        using (cpu)
        using (gpu)
        {
            var tolerance = Tolerance.Of(name.EndsWith("_fp16", StringComparison.Ordinal));
            var comparison = new FindComparison(tolerance);
            Find[][] expected = [.. pictures.Select(one => findOnCpu([one]).Single())];
            for (var i = 0; i < pictures.Length; i++)
                comparison.Add(expected[i], findOnGpu([pictures[i]]).Single(), Confidence);
            for (var i = 0; i < pictures.Length && most > 1; i += most)
            {
                var found = findOnGpu([.. pictures.Skip(i).Take(most)]);
                for (var k = 0; k < found.Length; k++) comparison.Add(expected[i + k], found[k], Confidence);
            }

            TypedFigures.Check($"{name}, sample model", comparison);
            comparison.Finds.ShouldBeGreaterThanOrEqualTo(least);
        }
    }
}
