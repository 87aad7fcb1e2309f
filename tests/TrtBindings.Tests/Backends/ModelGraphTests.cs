using TrtBindings.OnnxRuntime;
using TrtBindings.Tests.Interop.Cuda;

namespace TrtBindings.Tests.Backends;

/// <summary>CUDA graphs that ONNX Runtime's provider records itself: where they are refused, and which run has which.</summary>
[Trait("Category", "Slow")]
public sealed class ModelGraphTests : IDisposable
{
    private readonly FakeDriver _driver = new();

    public void Dispose() => _driver.Dispose();

    [SkippableFact]
    public void The_option_is_off_by_default_and_is_passed_by_the_providers_name()
    {
        OnnxRuntimeCudaProvider.OptionsOf(default, new()).ShouldNotContainKey("enable_cuda_graph");
        OnnxRuntimeCudaProvider.OptionsOf(default, new() { UseCudaGraph = true })["enable_cuda_graph"].ShouldBe("1");
    }

    [SkippableFact]
    public void A_dynamic_dimension_is_refused_by_name()
    {
        var reason = OnnxRuntimeCudaProvider.WhyNoGraph(ModelSource.FromBytes(TestModels.Double()).Describe()).ShouldNotBeNull();
        reason.ShouldContain("'x' [batch, 3]");
        reason.ShouldContain("UseCudaGraph");
        OnnxRuntimeCudaProvider.WhyNoGraph(ModelSource.FromBytes(TestModels.Identity()).Describe()).ShouldBeNull();
    }

    [SkippableFact]
    public void Graphs_and_concurrent_runs_exclude_each_other()
    {
        var options = new OnnxRuntimeCudaOptions { UseCudaGraph = true, ConcurrentRuns = true };
        Should.Throw<ModelOptionException>(options.Snapshot).Message.ShouldContain("OnnxRuntimeCudaOptions.UseCudaGraph");
    }

    [SkippableFact]
    public void An_output_that_is_bound_onto_an_input_is_refused_and_the_binding_goes_on()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2, recordsModels: true);
        for (var run = 0; run < 4; run++) rig.Run(run).ShouldBe(Enumerable.Range(run, 6).Select(i => 2f * i));
        using var shared = DeviceBuffer.Over(_driver.Context.Allocator.Allocate(256));
        rig.BindBoth(shared);
        var error = Should.Throw<TensorException>(() => rig.RunOnly(1));
        error.Message.ShouldContain("Output 'y' lies in the memory of input 'x'");
        rig.BindApart();
        rig.Run(5).ShouldBe(Enumerable.Range(5, 6).Select(i => 2f * i));
    }

    [SkippableFact]
    public void Each_set_of_addresses_has_a_graph_until_there_are_8_and_host_memory_has_none()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2, recordsModels: true);
        using var graph = new OrtModelGraph(rig.Stream);
        OrtInput[] inputs = [new(rig.Inputs.Tensors[0], true, null)];
        OrtOutput[] outputs = [new(rig.Outputs.Tensors[0], null)];
        for (var i = 0; i < OrtModelGraph.MostGraphs; i++)
        {
            var options = graph.Options(inputs, outputs).ShouldNotBeNull();
            graph.Options(inputs, outputs).ShouldBeSameAs(options);
            rig.MoveInput();
        }

        graph.Options(inputs, outputs).ShouldBeNull();
        rig.Inputs.Tensors[0].UseHostMemory();
        graph.Options(inputs, outputs).ShouldBeNull();
    }

    [SkippableFact]
    public void A_run_without_work_is_recorded_too_and_waits_for_its_end()
    {
        using var rig = new WorkRig(_driver, TestModels.Double(), 2, recordsModels: true);
        rig.Binding.Work = null;
        for (var run = 0; run < 4; run++)
        {
            rig.Fill(run);
            rig.Binding.Run(default);
            rig.Output().ShouldBe(Enumerable.Range(run, 6).Select(i => 2f * i));
        }
    }
}
