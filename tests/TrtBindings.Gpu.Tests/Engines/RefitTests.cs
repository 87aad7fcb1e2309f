using System.Diagnostics;
using System.Runtime.InteropServices;
using TrtBindings.Gpu.Tests.Builds;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Engines;

/// <summary>New weights in a loaded engine give the results of the model that they come from.</summary>
public sealed class RefitTests
{
    private const string Group = "refit";
    private const int Size = 256;
    private const int Batch = 8;
    private const double MostRelativeDifference = 1e-5;

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void New_weights_give_the_results_of_the_new_model(bool graphs)
    {
        GpuMachine.RequireBuilder();
        var folder = ManifestBuild.NewFolder();
        try
        {
            var (first, second) = (Save(folder, 1), Save(folder, 2));
            var options = ModelOptions.Require(BackendKind.TensorRT);
            options.TensorRT = new()
            {
                Refittable = true, BuildPolicy = BuildPolicy.WhenMissing, UseCudaGraphs = graphs, CacheFolder = folder,
                Profiles = [new() { ["batch"] = (1, Batch, Batch) }],
            };
            var load = Stopwatch.StartNew();
            using var model = UntypedModel.Load(first, options);
            var build = load.Elapsed;
            using var inputs = model.CreateInputs(Batch);
            using var outputs = model.CreateOutputs(Batch);
            Compare(first, model, inputs, outputs);
            var watch = Stopwatch.StartNew();
            model.Refit(second);
            var refit = watch.Elapsed;
            Compare(second, model, inputs, outputs);
            model.Refit(first);
            Compare(first, model, inputs, outputs);
            FigureLog.Check(Group, $"two layers of {Size}, {(graphs ? "with" : "without")} CUDA graphs",
                $"{FigureLog.Text(refit.TotalSeconds, "s")} (first load with build {FigureLog.Text(build.TotalSeconds, "s")})",
                "a refit is shorter than a build", refit < build);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableFact]
    public void An_engine_that_was_not_built_refittable_names_the_option()
    {
        GpuMachine.RequireBuilder();
        var folder = ManifestBuild.NewFolder();
        try
        {
            var path = Save(folder, 1);
            var options = ModelOptions.Require(BackendKind.TensorRT);
            options.TensorRT = new()
            {
                BuildPolicy = BuildPolicy.WhenMissing, CacheFolder = folder, Profiles = [new() { ["batch"] = (1, 1, Batch) }],
            };
            using var model = UntypedModel.Load(path, options);
            Should.Throw<ModelOptionException>(() => model.Refit(path)).Option.ShouldBe("TensorRtOptions.Refittable");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Several runs, so that a CUDA graph is captured and replayed, against the CPU's results.</summary>
    private static void Compare(string path, UntypedModel model, UntypedModel.Inputs inputs, UntypedModel.Outputs outputs)
    {
        using var onCpu = UntypedModel.Load(path, ModelOptions.Require(BackendKind.OnnxRuntimeCpu));
        using var cpuInputs = onCpu.CreateInputs(Batch);
        using var cpuOutputs = onCpu.CreateOutputs(Batch);
        for (var run = 0; run < 4; run++)
        {
            Fill(inputs.Get<float>(0).Span, run);
            Fill(cpuInputs.Get<float>(0).Span, run);
            model.Run(inputs, outputs);
            onCpu.Run(cpuInputs, cpuOutputs);
            var found = outputs.Get<float>(0).Span;
            var expected = cpuOutputs.Get<float>(0).Span;
            double largest = 0, difference = 0;
            for (var i = 0; i < expected.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(expected[i]));
                difference = Math.Max(difference, Math.Abs(found[i] - expected[i]));
            }

            largest.ShouldBeGreaterThan(0);
            difference.ShouldBeLessThanOrEqualTo(MostRelativeDifference * largest);
        }
    }

    private static void Fill(Span<float> values, int seed)
    {
        var random = new Random(seed);
        foreach (ref var value in values) value = random.NextSingle() - 0.5f;
    }

    /// <summary>y = relu(x a + b) c, float [batch, 256], with random weights.</summary>
    private static string Save(string folder, int seed)
    {
        var random = new Random(seed);
        var path = Path.Combine(folder, $"weights{seed}.onnx");
        File.WriteAllBytes(path, new OnnxModelBuilder()
            .Input("x", ElementType.Float, "batch", Size).Output("y", ElementType.Float, "batch", Size)
            .Initializer("a", ElementType.Float, [Size, Size], Weights(Size * Size))
            .Initializer("b", ElementType.Float, [Size], Weights(Size))
            .Initializer("c", ElementType.Float, [Size, Size], Weights(Size * Size))
            .Node("MatMul", ["x", "a"], ["xa"]).Node("Add", ["xa", "b"], ["sum"])
            .Node("Relu", ["sum"], ["positive"]).Node("MatMul", ["positive", "c"], ["y"])
            .ToBytes());
        return path;

        byte[] Weights(int count)
        {
            var values = new float[count];
            foreach (ref var value in values.AsSpan()) value = (random.NextSingle() - 0.5f) / 8;
            return MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        }
    }
}
