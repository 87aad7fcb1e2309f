using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Faults in the middle of a model, planted in the stand-in: the refusal names the layer.</summary>
[Trait("Category", "Slow")]
public sealed class LayerSearchTests : IDisposable
{
    private const int Nodes = 60;
    private const int HalfBits = 10;

    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableTheory]
    [InlineData(0, ModelPrecision.Float32)]
    [InlineData(1, ModelPrecision.Float32)]
    [InlineData(23, ModelPrecision.Float32)]
    [InlineData(30, ModelPrecision.Float16)]
    [InlineData(Nodes - 2, ModelPrecision.Float32)]
    [InlineData(Nodes - 1, ModelPrecision.Float16)]
    public void The_first_layer_that_strays_is_named_with_the_last_value_that_agrees(int node, ModelPrecision precision)
    {
        if (precision == ModelPrecision.Float16) _rig.Trt.Set("defect.roundBits", HalfBits);
        Plant("node", node);
        var error = Refused(Chain(), Options(precision));
        error.Output.ShouldBe("plus");
        var search = error.Search.ShouldNotBeNull();
        (search.Node, search.Tensor, search.LastAgreeing, search.IsExact).ShouldBe((ParityModel.NodeOf(node),
            node == Nodes - 1 ? "plus" : $"v{node}", node == 0 ? "" : $"v{node - 1}", true), search.Explanation);
        error.Message.ShouldContain("does not answer as the reference does");
        error.Message.ShouldContain($"The first layer that strays is {ParityModel.NodeOf(node)} (");
        error.Message.ShouldContain(node == 0 ? "It reads inputs of the model only."
            : $"The last value before it that agrees is 'v{node - 1}' of {ParityModel.NodeOf(node - 1)} (");
        search.Builds.ShouldBeInRange(1, 3);
        _rig.Trt.Get("builds").ShouldBe(1 + search.Builds);
        AssertNothingIsLeft();
    }

    [SkippableFact]
    public void Every_build_is_announced_and_reported_as_progress()
    {
        Plant("node", 23);
        var phases = new List<string>();
        var search = Refused(Chain(), Options(), progress: new Listener(phases.Add)).Search.ShouldNotBeNull();
        _rig.Log.Lines.ShouldContain(line => line.StartsWith("Warning") && line.Contains("Now looking for the layer that strays")
            && line.Contains("Output 'plus' at batch=1"));
        for (var build = 1; build <= search.Builds; build++)
        {
            var step = $"Looking for the layer that strays, build {build} of at most 3";
            _rig.Log.Lines.ShouldContain(line =>
                line.StartsWith("Warning") && line.Contains(step) && line.Contains("as outputs"));
            phases.ShouldContain(step);
        }
    }

    [SkippableFact]
    public void A_fault_that_vanishes_when_its_layer_is_marked_is_said_to_do_so_and_lies_in_the_rest_that_was_found()
    {
        Plant("fused", 23);
        var search = Refused(Chain(), Options()).Search.ShouldNotBeNull();
        search.Explanation.ShouldContain("the fault vanishes when these layers are not fused");
        search.IsExact.ShouldBeFalse();
        // The build before has found a part of the chain that the layer is in.
        (Number(search.LastAgreeing) < 23 && Number(search.Tensor) >= 23).ShouldBeTrue(search.Explanation);
        AssertNothingIsLeft();
    }

    [SkippableFact]
    public void A_fault_that_vanishes_at_once_names_no_layer()
    {
        Plant("fused", 3);
        var error = Refused(Chain(8), Options());
        var search = error.Search.ShouldNotBeNull();
        (search.Node, search.Tensor, search.Builds).ShouldBe(("", "", 1));
        error.Message.ShouldContain("The layer that strays was not found. With 7 values between its layers as further outputs "
            + "('v0' to 'v6') the engine answers as the reference does");
    }

    [SkippableFact]
    public void A_bound_on_the_builds_leaves_a_part_of_the_model_and_says_how_large_it_is()
    {
        Plant("node", 23);
        var search = Refused(Chain(), Options(parity: new() { LayerSearchBuilds = 1 })).Search.ShouldNotBeNull();
        (search.Builds, search.IsExact).ShouldBe((1, false));
        search.Explanation.ShouldContain("More builds than ParityOptions.LayerSearchBuilds would find it.");
        (Number(search.LastAgreeing) < 23 && Number(search.Tensor) >= 23).ShouldBeTrue(search.Explanation);
        search.Explanation.ShouldContain(
            $"or one of those that make the {Number(search.Tensor) - Number(search.LastAgreeing) - 1} values before it");
    }

    [SkippableFact]
    public void The_search_is_turned_off_by_its_option()
    {
        Plant("node", 23);
        Refused(Chain(), Options(parity: new() { LayerSearchBuilds = 0 })).Search.ShouldBeNull();
        _rig.Trt.Get("builds").ShouldBe(1);
        Should.Throw<ModelOptionException>(() => Options(parity: new() { LayerSearchBuilds = -1 }).Snapshot())
            .Option.ShouldBe("ParityOptions.LayerSearchBuilds");
    }

    [SkippableFact]
    public void A_search_that_is_cancelled_ends_at_the_next_step_and_the_log_says_why_it_was_begun()
    {
        Plant("node", 23);
        using var source = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => UntypedModel.BuildEngine(Chain(), Options(), new Listener(phase =>
        {
            if (phase.StartsWith("Looking for")) source.Cancel();
        }), source.Token));
        _rig.Trt.Get("builds").ShouldBeLessThanOrEqualTo(2);
        _rig.Log.Lines.ShouldContain(line => line.Contains("Output 'plus' at batch=1"));
        AssertNothingIsLeft();
    }

    [SkippableFact]
    public void Where_no_build_with_marked_values_succeeds_the_refusal_stays_and_says_it()
    {
        Plant("node", 23);
        var error = Should.Throw<EngineParityException>(() => UntypedModel.BuildEngine(Chain(), Options(), new Listener(phase =>
        {
            if (phase.StartsWith("Looking for")) _rig.Trt.Set("fail.build", -1);
        })));
        (error.Output, error.Search!.Builds, error.Search.Node).ShouldBe(("plus", 1, ""));
        error.Message.ShouldContain("The search for the layer that strays ended early:");
        error.Message.ShouldContain("Could not find any implementation");
    }

    [SkippableFact]
    public void A_reference_of_other_values_leaves_nothing_to_compare_and_no_engine_is_built()
    {
        Plant("node", 3);
        var other = new OnnxModelBuilder().Input("x", ElementType.Float, "batch", 3, 40)
            .Output("plus", ElementType.Float, "batch", 3, 40).Output("minus", ElementType.Float, "batch", 3, 40)
            .Node("Relu", ["x"], ["plus"]).Node("Identity", ["x"], ["minus"]).Save(_rig, "other.onnx");
        var search = Refused(Chain(8), Options(parity: new() { Reference = other })).Search.ShouldNotBeNull();
        (search.Builds, search.IsExact, search.Tensor).ShouldBe((0, false, "plus"));
        search.Explanation.ShouldContain("7 nodes between are not compared by themselves, /n0/Mul (Mul) the first of them.");
        _rig.Trt.Get("builds").ShouldBe(1);
    }

    [SkippableFact]
    public void A_model_of_one_layer_needs_no_build()
    {
        _rig.Trt.Set("defect.scale", 1020);
        var search = Refused(Chain(1), Options()).Search.ShouldNotBeNull();
        (search.Builds, search.Node, search.IsExact).ShouldBe((0, "/n0/Mul", true));
        _rig.Trt.Get("builds").ShouldBe(1);
    }

    [SkippableFact]
    public void Only_what_the_straying_output_is_computed_from_is_looked_at()
    {
        // Of the two outputs only "minus" strays, which is computed from v0 alone.
        _rig.Trt.Set("defect.node./tail/Sub", 1100);
        var search = Refused(Chain(), Options()).Search.ShouldNotBeNull();
        (search.Node, search.Tensor, search.LastAgreeing, search.Builds).ShouldBe(("/tail/Sub", "minus", "v0", 1));
        _rig.Log.Lines.ShouldContain(line => line.Contains("1 of 1 values as outputs, 'v0' to 'v0'"));
    }

    [SkippableFact]
    public void A_model_with_weights_in_another_file_is_searched_too()
    {
        Plant("node", 23);
        var model = ParityModel.Chain(Nodes, ParityModel.WithExternalWeights(_rig.Folder, "weights.bin"))
            .Save(_rig, "external.onnx");
        Refused(model, Options()).Search.ShouldNotBeNull().Node.ShouldBe(ParityModel.NodeOf(23));
        Directory.GetFiles(_rig.Folder).Select(Path.GetFileName).ShouldBe(["external.onnx", "weights.bin"], ignoreOrder: true);
    }

    [SkippableFact]
    public void A_node_without_a_kernel_stays_in_32_bits_in_every_build_of_the_search()
    {
        _rig.Trt.Set($"noKernel.{ParityModel.NodeOf(5)}", 1);
        Plant("node", 23);
        var search = Refused(Chain(), Options(ModelPrecision.Float16)).Search.ShouldNotBeNull();
        search.Node.ShouldBe(ParityModel.NodeOf(23));
        _rig.Trt.Get("builds").ShouldBe(2 + search.Builds);
    }

    [SkippableFact]
    public void Loading_with_a_build_tells_the_layer_in_the_reason_of_the_next_backend()
    {
        Plant("node", 23);
        for (var load = 0; load < 2; load++)
        {
            // The second one meets the verdict that the cache remembers, and builds nothing.
            using var model = UntypedModel.Load(Chain(), Options() with { RequiredBackend = null });
            model.Backend.Rejected.First(one => one.Backend == BackendKind.TensorRT).Reason
                .ShouldContain($"The first layer that strays is {ParityModel.NodeOf(23)} (Sub)");
            _rig.Trt.Get("builds").ShouldBeLessThanOrEqualTo(4);
        }
    }

    private static int Number(string value) => int.Parse(value[1..]);

    private void Plant(string kind, int node) => _rig.Trt.Set($"defect.{kind}.{ParityModel.NodeOf(node)}", 1100);

    private string Chain(int nodes = Nodes) => ParityModel.Chain(nodes).Save(_rig);

    private void AssertNothingIsLeft()
    {
        Directory.GetFiles(Path.Combine(_rig.Folder, "cache"), "*.engine").ShouldBeEmpty();
        (_rig.Trt.Get("live.engine"), _rig.Trt.Get("live.hostMemory"), _rig.Trt.Get("live.network")).ShouldBe((0, 0, 0));
    }

    private static EngineParityException Refused(string model, ModelOptions options, Listener? progress = null) =>
        Should.Throw<EngineParityException>(() => UntypedModel.BuildEngine(model, options, progress));

    private ModelOptions Options(ModelPrecision precision = ModelPrecision.Float32, ParityOptions? parity = null) =>
        _rig.With(options => options with
        {
            BuildPolicy = BuildPolicy.WhenMissing,
            Precision = precision,
            Profiles = [new() { ["batch"] = (1, 2, 4) }],
            Parity = parity ?? new(),
        });

    private sealed class Listener(Action<string> listen) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => listen(value.Phase);
    }
}
