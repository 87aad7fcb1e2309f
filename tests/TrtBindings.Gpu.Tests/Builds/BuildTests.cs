using TrtBindings.Gpu.Tests.Data;
using TrtBindings.Gpu.Tests.Engines;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>Every model of the manifest, built here as it was there.</summary>
public sealed class BuildTests
{
    private const string Group = "builds";
    private const double LongBuild = 2;

    public static TheoryData<string> Built => [.. EngineNames.Runnable];

    public static TheoryData<string> Refused =>
    [
        "nms_yolov8_dds", "types_uint8", "types_int16", "types_string", "types_uint32", "maui_batch", "yolov8nseg_u8",
        "mnist_int8_foreign",
    ];

    [SkippableTheory]
    [MemberData(nameof(Built))]
    public void A_model_that_built_there_builds_here_and_is_right(string name)
    {
        GpuMachine.RequireBuilder();
        var entry = Manifest.Require(name);
        var folder = ManifestBuild.NewFolder();
        try
        {
            var options = ManifestBuild.Options(entry, folder);
            var steps = new List<BuildProgress>();
            var built = UntypedModel.BuildEngine(entry.ModelPath(), options, new Steps(steps));
            built.WasBuilt.ShouldBeTrue();
            File.Exists(built.Path).ShouldBeTrue();
            steps.ShouldNotBeEmpty();
            steps.Select(step => step.Percent).ShouldBeInOrder();
            steps[^1].Percent.ShouldBe(100);

            var start = System.Diagnostics.Stopwatch.StartNew();
            using var model = UntypedModel.Load(
                entry.ModelPath(), ModelOptions.Require(BackendKind.TensorRT) with { TensorRT = options });
            var load = start.Elapsed.TotalSeconds;
            foreach (var single in entry.Cases ?? []) Check(entry, single, model);
            var what = $"{FigureLog.Text(built.Duration.TotalSeconds, "s")} to build ({entry.BuildSeconds} s there), "
                + $"{FigureLog.Text(load, "s")} to load from the cache";
            if (built.Duration.TotalSeconds <= LongBuild) FigureLog.Report(Group, name, what);
            else FigureLog.Check(Group, name, what, "under a tenth of the build", load < built.Duration.TotalSeconds / 10);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Refused))]
    public void A_model_that_was_refused_there_is_refused_here_with_its_node_or_input_named(string name)
    {
        GpuMachine.RequireBuilder();
        var entry = Manifest.Require(name);
        var path = entry.ModelPath();
        var folder = ManifestBuild.NewFolder();
        try
        {
            using var file = File.OpenRead(path);
            var inputs = OnnxModelReader.Read(file).Inputs;
            var options = ManifestBuild.AnyOptions(path, folder);
            var error = Should.Throw<TrtBindingsException>(() => UntypedModel.BuildEngine(path, options));
            FigureLog.Report(Group, $"{name} is refused", error.Message);
            var node = entry.ParseErrors![0][1];
            var namesNode = node.Length > 0 && error.Message.Contains(node, StringComparison.Ordinal);
            (namesNode || inputs.Any(IsNamed)).ShouldBeTrue(error.Message);

            bool IsNamed(TensorDescription input) => error.Message.Contains(input.Name, StringComparison.Ordinal)
                && error.Message.Contains(input.ElementType.OnnxName(), StringComparison.OrdinalIgnoreCase);
            Directory.EnumerateFiles(folder, "*.engine").ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Check(ManifestEngine entry, ManifestCase single, UntypedModel model)
    {
        foreach (var tensor in model.Signature.Inputs.Where(tensor => !tensor.Shape.IsRanked))
            model.SetUnrankedShape(tensor.Name, single.Inputs[tensor.Name]);
        var values = model.Signature.InputDimensions.Select(
            dimension => single.Inputs[model.Signature.Inputs[dimension.Input].Name][dimension.Axis]).ToArray();
        using var inputs = model.CreateInputs(values);
        using var outputs = model.CreateOutputs(
            [.. model.Signature.OutputDimensions.Select(shared => values[model.Signature.IndexOfInputDimension(shared)])]);
        CaseCheck.FillAndPoison(single, inputs, outputs);
        model.Run(inputs, outputs);
        CaseCheck.Compare(entry, single, outputs);
    }

    /// <summary>Keeps every step in order; <see cref="Progress{T}"/> would hand them to other threads.</summary>
    private sealed class Steps(List<BuildProgress> steps) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value)
        {
            lock (steps) steps.Add(value);
        }
    }
}
