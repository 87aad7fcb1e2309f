using TrtBindings.Gpu.Tests.Builds;
using TrtBindings.Gpu.Tests.CudaProvider;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;

namespace TrtBindings.Gpu.Tests.TypedResults;

/// <summary>
/// The sample model with an end-to-end head, whose best 300 rows are chosen inside the graph: on pictures, and on noise, where
/// the scores go from 9e-4 down to 0 with many ties. Of the 300 rows of the CPU on noise 83 to 116 have the score 0, and there
/// are 107 to 118 different scores, so two thirds of the rows have no order at all.
/// </summary>
public sealed class EndToEndTests
{
    private const float Confidence = 0.25f;

    /// <summary>Above this overlap the graph keeps the better box only.</summary>
    private const float Overlap = 0.6f;

    /// <summary>
    /// The engine was built before <see cref="ModelPrecision.Float16"/> was refused for such graphs. Two areas that come to more
    /// than 65504 square pixels are infinite in 16-bit floats, so that large objects are found many times over.
    /// </summary>
    [SkippableFact]
    public void With_16_bit_floats_the_ready_engine_repeats_large_objects_and_is_right_otherwise()
    {
        ReadyEngine.RequireMachine();
        var folder = GpuData.RequireUnpacked("tensorrt/own");
        var record = File.ReadAllText(Path.Combine(folder, "desk-seg-e2e_fp16.json"));
        var model = ModelSource.Find(DeskSegE2e.CompiledSignature, typeof(DeskSegE2e).Assembly).Path!;
        record.ShouldContain(
            TrtBindings.TensorRT.Cache.ContentHash.OfFile(model, default), customMessage: "the engine is of another model");
        using var gpu = DeskSegE2e.LoadEngine(
            Path.Combine(folder, "desk-seg-e2e_fp16.plan"), ModelOptions.Require(BackendKind.TensorRT));
        using var cpu = DeskSegE2e.Load(OnCuda.Processor);
        using var onCpu = YoloSegEngine.Create(cpu, new() { Confidence = Confidence });
        using var onGpu = YoloSegEngine.Create(gpu, new() { Confidence = Confidence });
        var finds = new FindComparison(Tolerance.Of(isHalf: true));
        var (repeated, smallest) = (0, double.PositiveInfinity);
        foreach (var picture in OnCuda.Scenes())
        {
            var pixels = Math.Pow(640.0 / Math.Max(picture.Width, picture.Height), 2);
            List<Find> kept = [];
            foreach (var find in Find.Of(onGpu.Detect(picture)))
            {
                var better = kept.FindIndex(one => one.Class == find.Class && one.Box.IntersectionOverUnion(find.Box) > Overlap);
                if (better < 0)
                {
                    kept.Add(find);
                    continue;
                }

                repeated++;
                smallest = Math.Min(smallest, (kept[better].Box.Area + find.Box.Area) * pixels);
            }

            finds.Add(Find.Of(onCpu.Detect(picture)), kept, Confidence);
        }

        var noise = Noise(cpu, gpu, isHalf: true);
        FigureLog.CheckAll(
            new(TypedFigures.Group, "desk-seg-e2e, ready engine, FP16, scenes without repetitions", finds.ToString(), finds.Bar,
                finds.Holds && finds.Finds > 0),
            new(TypedFigures.Group, "desk-seg-e2e, ready engine, FP16, repetitions", FormattableString.Invariant(
                $"{repeated}, the smallest two areas come to {smallest:0} square pixels"), "over 65504, less rounding",
                smallest > 65504 * 0.99),
            // Repetitions have no size on noise, so the rows of one list only are written down without a bar.
            new(TypedFigures.Group, "desk-seg-e2e, ready engine, FP16, rows on noise", noise.ToString(),
                "boxes 2 px, log odds 0.5 where both have the row", noise.IsNear && noise.Rows > 0));
    }

    [SkippableFact]
    public void Sixteen_bit_floats_are_refused_for_it()
    {
        GpuMachine.RequireBuilder();
        var options = new TensorRtOptions { Precision = ModelPrecision.Float16, Profiles = [new() { ["batch"] = (1, 4, 8) }] };
        Should.Throw<EngineBuildException>(() => DeskSegE2e.BuildEngine(options))
            .Message.ShouldContain("the graph computes by itself which boxes overlap");
    }

    [SkippableFact]
    public void The_rows_and_finds_of_an_engine_built_here_are_those_of_the_CPU()
    {
        GpuMachine.RequireBuilder();
        var folder = ManifestBuild.NewFolder();
        try
        {
            var options = ModelOptions.Require(BackendKind.TensorRT) with
            {
                TensorRT = new()
                {
                    CacheFolder = folder, OptimizationLevel = 2, BuildPolicy = BuildPolicy.WhenMissing,
                    Profiles = [new() { ["batch"] = (1, 4, 8) }],
                },
            };
            using var gpu = DeskSegE2e.Load(options);
            Compare("built here", gpu);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string what, DeskSegE2e gpu)
    {
        using var cpu = DeskSegE2e.Load(OnCuda.Processor);
        using var onCpu = YoloSegEngine.Create(cpu, new() { Confidence = Confidence });
        using var onGpu = YoloSegEngine.Create(gpu, new() { Confidence = Confidence });
        var finds = new FindComparison(Tolerance.Of(isHalf: false));
        foreach (var picture in OnCuda.Scenes())
            finds.Add(Find.Of(onCpu.Detect(picture)), Find.Of(onGpu.Detect(picture)), Confidence);

        var noise = Noise(cpu, gpu, isHalf: false);
        var scenes = Sets(isHalf: false);
        foreach (var picture in OnCuda.Scenes()) scenes.Add(Rows(cpu, Picture(picture)), Rows(gpu, Picture(picture)));

        FigureLog.CheckAll(
            new(TypedFigures.Group, $"desk-seg-e2e, {what}, scenes", finds.ToString(), finds.Bar, finds.Holds && finds.Finds > 0),
            new(TypedFigures.Group, $"desk-seg-e2e, {what}, rows on scenes", scenes.ToString(), scenes.Bar,
                scenes.Holds && scenes.Rows > 0),
            new(TypedFigures.Group, $"desk-seg-e2e, {what}, rows on noise", noise.ToString(), noise.Bar,
                noise.Holds && noise.Rows > 0));
    }

    private static RowSets Noise(DeskSegE2e cpu, DeskSegE2e gpu, bool isHalf)
    {
        var noise = Sets(isHalf);
        for (var seed = 1; seed <= 8; seed++) noise.Add(Rows(cpu, Noise(seed)), Rows(gpu, Noise(seed)));
        return noise;
    }

    private static RowSets Sets(bool isHalf) => isHalf ? new(2, 0.5, 0.1) : new(0.05, 0.02, 1e-3);

    private static Action<ModelInputs> Noise(int seed) => inputs => CudaValues.Fill(CudaValues.FirstInput(inputs), seed);

    private static Action<ModelInputs> Picture(ImageMemory picture) =>
        inputs => Letterbox.LetterboxTo(picture, ((DeskSegE2e.Inputs)inputs).Images[0]);

    /// <summary>The rows of one picture.</summary>
    private static float[][] Rows(DeskSegE2e model, Action<ModelInputs> fill)
    {
        using var inputs = model.AllocateInputs(batch: 1);
        using var outputs = model.AllocateOutputs(batch: 1);
        fill(inputs);
        model.Run(inputs, outputs);
        var width = checked((int)TensorValues.ShapeOf(outputs.Tensors[0])[^1]);
        return [.. CudaValues.FirstOutput(outputs).ToArray().Chunk(width)];
    }
}
