using System.Diagnostics;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.CudaProvider;

/// <summary>CUDA graphs that the provider records itself, on a model of many small operators.</summary>
public sealed class CudaModelGraphTests
{
    private const int Operators = 200;
    private const int Length = 1024;
    private const int TimedRuns = 300;

    [SkippableFact]
    public void Recorded_runs_give_the_results_of_the_contents_that_are_there_and_two_sets_of_addresses_have_their_own()
    {
        OnCuda.Require();
        using var plain = UntypedModel.Load(Chain(), OnCuda.Options);
        using var recorded = UntypedModel.Load(Chain(), OnCuda.Options with { OnnxRuntimeCuda = new() { UseCudaGraph = true } });
        using var first = new Set(recorded);
        using var second = new Set(recorded);
        using var without = new Set(plain);
        var wrong = 0;
        for (var i = 0; i < 40; i++)
        {
            if (!first.Runs(i)) wrong++;
            if (!second.Runs(i + 100)) wrong++;
            without.Runs(i).ShouldBeTrue();
        }

        OnCuda.Check($"the provider's own CUDA graphs, {Operators} operators: wrong runs of 80", $"{wrong}", "0", wrong == 0);
        OnCuda.Report($"the provider's own CUDA graphs, {Operators} operators: time of a run with and without",
            $"{first.Time():0.000} ms, {without.Time():0.000} ms");
    }

    [SkippableFact]
    public void Dynamic_dimensions_and_an_output_on_an_input_are_refused()
    {
        OnCuda.Require();
        var options = OnCuda.Options with { OnnxRuntimeCuda = new() { UseCudaGraph = true } };
        Should.Throw<BackendUnavailableException>(() => DeskDetect.Load(options)).Message.ShouldContain("dynamic dimension");
        using var model = UntypedModel.Load(Chain(), options);
        using var set = new Set(model);
        set.Runs(1).ShouldBeTrue();
        set.BindOutputOntoInput();
        Should.Throw<TensorException>(() => set.Run()).Message.ShouldContain("lies in the memory of input");
    }

    /// <summary>y = x + x0 + x0 ..., one operator each.</summary>
    private static byte[] Chain()
    {
        var model = new OnnxModelBuilder().Input("x", ElementType.Float, Length).Output("y", ElementType.Float, Length);
        // Relu keeps the optimizer from folding what follows into one operator.
        for (var i = 0; i < Operators; i++)
        {
            var (from, to) = (i == 0 ? "x" : $"v{i}", i == Operators - 1 ? "y" : $"v{i + 1}");
            model = i % 2 == 0 ? model.Node("Add", [from, "x"], [to]) : model.Node("Relu", [from], [to]);
        }

        return model.ToBytes();
    }

    private sealed class Set : IDisposable
    {
        private readonly UntypedModel _model;
        private readonly UntypedModel.Inputs _inputs;
        private readonly UntypedModel.Outputs _outputs;
        private readonly DeviceBuffer _input = DeviceBuffer.Allocate(Length * sizeof(float));
        private readonly DeviceBuffer _output = DeviceBuffer.Allocate(Length * sizeof(float));

        public Set(UntypedModel model)
        {
            _model = model;
            _inputs = model.CreateInputs();
            _outputs = model.CreateOutputs();
            OnDevice.Move(model, _inputs, _outputs);
            _inputs.Tensors[0].UseDeviceMemory(_input);
            _outputs.Tensors[0].UseDeviceMemory(_output);
        }

        public void Run() => _model.Run(_inputs, _outputs);

        /// <summary>Whether a run gives what the chain computes from these contents.</summary>
        public bool Runs(int seed)
        {
            var x = new float[Length];
            for (var i = 0; i < Length; i++) x[i] = 1 + ((i + seed) % 17);
            _input.CopyFrom<float>(x);
            Run();
            var y = new float[Length];
            _output.CopyTo<float>(y);
            // An addition in every other operator, and Relu changes nothing of what is positive.
            return y.Zip(x).All(pair => pair.First == pair.Second * (1 + (Operators / 2)));
        }

        public double Time()
        {
            var times = new double[TimedRuns];
            for (var i = 0; i < TimedRuns; i++)
            {
                var start = Stopwatch.GetTimestamp();
                Run();
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            return Statistics.Median(times);
        }

        public void BindOutputOntoInput() => _outputs.Tensors[0].UseDeviceMemory(_input);

        public void Dispose()
        {
            _inputs.Dispose();
            _outputs.Dispose();
            _input.Dispose();
            _output.Dispose();
        }
    }
}
