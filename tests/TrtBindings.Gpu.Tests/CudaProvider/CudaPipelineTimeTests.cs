using System.Diagnostics;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Gpu.Tests.Pipeline;
using TrtBindings.OnnxRuntime;

namespace TrtBindings.Gpu.Tests.CudaProvider;

/// <summary>A whole call on the CUDA provider above the provider's own Run with tensors resident on the device.</summary>
public sealed class CudaPipelineTimeTests
{
    private const int WarmUps = 60;
    private const int Calls = 200;
    private const double MostMilliseconds = 0.3;

    [SkippableTheory]
    [InlineData("desk-seg", true)]
    [InlineData("faces-scrfd", true)]
    [InlineData("desk-seg-e2e", false)]
    [InlineData("desk-detect", false)]
    [InlineData("desk-pose", false)]
    [InlineData("desk-obb", false)]
    [InlineData("desk-maskrcnn-480x640", false)]
    [InlineData("desk-semantic", false)]
    [InlineData("desk-classify", false)]
    [InlineData("digits-vit", false)]
    public void A_whole_call_takes_little_more_than_the_providers_own_run(string name, bool hasBar)
    {
        var sample = SampleModel.Named(name);
        using var model = sample.LoadOnProvider();
        using var engine = sample.Open(model, new(Processing.Auto));
        using var onCpu = sample.Open(model, new(Processing.Cpu));
        using var pinned = new FullHd(model.Gpu!, 0);
        var picture = pinned.Pin(model.Gpu!, sample.Pictures()[0]);
        // Of the same size as the engine's, which follows the picture: the provider prepares its convolutions anew for each size.
        using var bare = new BareRun(model, sample.HasFaces ? (480, 640)
            : sample == SampleModel.Semantic ? (384, 384 * picture.Width / picture.Height) : (384, 384));
        for (var i = 0; i < WarmUps; i++)
        {
            engine.Fill(picture);
            bare.Run();
        }

        double[] whole = new double[Calls], own = new double[Calls], old = new double[Calls / 4];
        for (var i = 0; i < Calls; i++)
        {
            own[i] = Time(bare.Run);
            whole[i] = Time(() => engine.Fill(picture));
        }

        for (var i = 0; i < old.Length; i++) old[i] = Time(() => onCpu.Fill(picture));
        var (w, o) = (Statistics.Median(whole), Statistics.Median(own));
        OnCuda.Report($"{name}: whole call, the provider's own Run, whole call with processing on the CPU",
            $"{PipelineFigures.Milliseconds(w)}, {PipelineFigures.Milliseconds(o)}, "
            + $"{PipelineFigures.Milliseconds(Statistics.Median(old))} ({engine.Processing})");
        if (hasBar)
            OnCuda.Check($"{name}: whole call above the provider's own Run", PipelineFigures.Milliseconds(w - o),
                "at most 0.3 ms", w - o <= MostMilliseconds);
        else OnCuda.Report($"{name}: whole call above the provider's own Run", PipelineFigures.Milliseconds(w - o));
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>RunWithBinding of values bound once, and nothing else.</summary>
    private sealed class BareRun : IDisposable
    {
        private readonly ModelInputs _inputs;
        private readonly ModelOutputs _outputs;
        private readonly OrtBinding _binding;

        /// <summary>Binds one picture's tensors on the device.</summary>
        /// <param name="model">The model.</param>
        /// <param name="size">Height and width, where the model leaves them open.</param>
        public BareRun(OnnxModel model, (long Height, long Width) size)
        {
            var run = (IRunnableModel)model;
            var seen = 0;
            // The batch is the first dimension of an input; height and width are the last ones.
            _inputs = run.CreateInputs([.. run.Signature.InputDimensions.Select(one => one.Axis == 0 ? 1
                : seen++ == 0 ? size.Height : size.Width)]);
            var sizes = _inputs.DimensionValues.ToArray();
            _outputs = run.CreateOutputs([.. run.Signature.OutputDimensions.Select(
                shared => sizes[run.Signature.IndexOfInputDimension(shared)])]);
            OnDevice.Move(model, _inputs, _outputs);
            for (var i = 0; i < 3; i++) run.Run(_inputs, _outputs);
            _binding = (OrtBinding)((OnnxModel.RunBinding)_outputs.Attachment!).Binding;
        }

        public void Run() => _binding.Io.Run(_binding.RunOptions).ShouldBeNull();

        public void Dispose()
        {
            _outputs.Dispose();
            _inputs.Dispose();
        }
    }
}
