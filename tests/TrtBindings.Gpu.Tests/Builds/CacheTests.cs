using System.Diagnostics;
using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>What a second build, another option and a cancelled build do.</summary>
public sealed class CacheTests
{
    private const string Group = "builds";
    private const double MostCancelSeconds = 2;

    [SkippableFact]
    public void A_second_build_finds_the_first_and_another_option_builds_again()
    {
        using var build = new OneBuild("mnist_n1-64_fp32");
        build.Run().WasBuilt.ShouldBeTrue();
        build.Run().WasBuilt.ShouldBeFalse();
        build.Options = build.Options with { Refittable = true };
        build.Run().WasBuilt.ShouldBeTrue();
        build.Run().WasBuilt.ShouldBeFalse();
        build.Options = build.Options with { Profiles = [new() { ["batch"] = (1, 4, 32) }] };
        build.Run().WasBuilt.ShouldBeTrue();
        var model = Path.Combine(build.Folder, "other.onnx");
        File.Copy(build.Model, model);
        build.Model = model;
        // The same content under another name is the same model.
        build.Run().WasBuilt.ShouldBeFalse();
    }

    [SkippableFact]
    public void The_timing_cache_shortens_a_second_build()
    {
        using var build = new OneBuild("unet_n1-16_fp32");
        var first = build.Run();
        foreach (var file in Directory.EnumerateFiles(build.Folder))
            if (!Path.GetFileName(file).Contains("timing", StringComparison.OrdinalIgnoreCase)) File.Delete(file);
        var second = build.Run();
        second.WasBuilt.ShouldBeTrue();
        FigureLog.Check(Group, "unet FP32, first build and second with the timing cache",
            $"{FigureLog.Text(first.Duration.TotalSeconds, "s")}, {FigureLog.Text(second.Duration.TotalSeconds, "s")}",
            "the second is shorter", second.Duration < first.Duration);
    }

    [SkippableFact]
    public void A_cancelled_build_ends_within_2_seconds_and_leaves_no_file()
    {
        using var build = new OneBuild("scrfd500m_hw_fp32");
        using var cancel = new CancellationTokenSource();
        var asked = 0L;
        var progress = new FirstSteps(step =>
        {
            if (step < 20 || cancel.IsCancellationRequested) return;
            asked = Stopwatch.GetTimestamp();
            cancel.Cancel();
        });
        Should.Throw<OperationCanceledException>(
            () => UntypedModel.BuildEngine(build.Model, build.Options, progress, cancel.Token));
        var seconds = Stopwatch.GetElapsedTime(asked).TotalSeconds;
        Directory.EnumerateFiles(build.Folder, "*.engine").ShouldBeEmpty();
        FigureLog.Check(Group, "a cancelled build ends in", FigureLog.Text(seconds, "s"), "2 s", seconds < MostCancelSeconds);
    }

    [SkippableFact]
    public void A_model_whose_dimensions_have_one_placeholder_name_runs_at_480_by_640()
    {
        using var build = new OneBuild("scrfd500m_hw_fp32");
        build.Options = build.Options with { OptimizationLevel = 0 };
        build.Run();
        var required = ModelOptions.Require(BackendKind.TensorRT) with { TensorRT = build.Options };
        using var onTensorRt = UntypedModel.Load(build.Model, required);
        using var onProcessor = UntypedModel.Load(build.Model, ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        var (found, expected) = (Run(onTensorRt), Run(onProcessor));
        for (var i = 0; i < found.Count; i++)
        {
            found[i].Shape.ShouldBe(expected[i].Shape);
            TensorValues.LargestDifference(found[i].Values, expected[i].Values)
                .ShouldBeLessThanOrEqualTo(1e-4 * Math.Max(1, TensorValues.LargestOf(expected[i].Values)));
        }

        static List<(long[] Shape, double[] Values)> Run(UntypedModel model)
        {
            using var inputs = model.CreateInputs(480, 640);
            using var outputs = model.CreateOutputs();
            InputFormula.Fill(inputs.Tensors[0]);
            model.Run(inputs, outputs);
            return [.. outputs.Tensors.Select(tensor => (TensorValues.ShapeOf(tensor), TensorValues.Of(tensor)))];
        }
    }

    /// <summary>A model, options and a folder that goes with it.</summary>
    private sealed class OneBuild : IDisposable
    {
        public OneBuild(string name)
        {
            GpuMachine.RequireBuilder();
            Folder = ManifestBuild.NewFolder();
            Model = Manifest.Require(name).ModelPath();
            Options = ManifestBuild.Options(Manifest.Require(name), Folder);
        }

        public string Folder { get; }

        public string Model { get; set; }

        public TensorRtOptions Options { get; set; }

        public BuiltEngine Run() => UntypedModel.BuildEngine(Model, Options);

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }

    private sealed class FirstSteps(Action<int> at) : IProgress<BuildProgress>
    {
        private int _steps;

        public void Report(BuildProgress value) => at(Interlocked.Increment(ref _steps));
    }
}
