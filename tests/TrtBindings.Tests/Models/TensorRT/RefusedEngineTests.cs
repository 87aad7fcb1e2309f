using TrtBindings.TestSupport;
using TrtBindings.Tests.Interop.Cuda;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>
/// An engine that was built and refused is not built again at each start: the next load fails at once with the same error, until
/// something is another one that the verdict follows from.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RefusedEngineTests : IDisposable
{
    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void The_next_load_fails_at_once_with_the_same_error_which_says_how_to_try_again()
    {
        _rig.Trt.Set("defect.item", 2);
        var first = Refused();
        first.RefusedAt.ShouldBeNull();
        _rig.Log.Lines.ShouldContain(line => line.Contains(".refused' remembers it: loads do not build it again"));

        var again = Refused();
        Builds.ShouldBe(1);
        (again.Model, again.Output, again.Size, again.BatchItem, again.Problem)
            .ShouldBe((first.Model, first.Output, first.Size, first.BatchItem, first.Problem));
        again.RefusedAt.ShouldNotBeNull().ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        again.Message.ShouldStartWith(first.Message);
        foreach (var how in (string[])["nothing was built now", "BuildEngine", "RetryRefused", "trtb cache clear", "driver"])
            again.Message.ShouldContain(how);
    }

    [SkippableFact]
    public void The_next_backend_runs_the_model_and_says_why_each_time()
    {
        _rig.Trt.Set("defect.scale", 1020);
        for (var start = 0; start < 3; start++)
        {
            using var model = UntypedModel.Load(Model(), Options() with { RequiredBackend = null });
            model.Backend.Kind.ShouldNotBe(BackendKind.TensorRT);
            var reason = model.Backend.Rejected.First(one => one.Backend == BackendKind.TensorRT).Reason;
            reason.ShouldContain("Output 'plus' at batch=1");
            reason.Contains("nothing was built now").ShouldBe(start > 0);
        }

        Builds.ShouldBe(1);
        _rig.Log.Lines.Count(line => line.Contains("nothing was built now")).ShouldBe(2);
    }

    [SkippableFact]
    public void A_load_that_may_not_build_says_that_one_was_refused_and_not_that_none_was_built()
    {
        _rig.Trt.Set("defect.scale", 1020);
        Refused();
        var error = Should.Throw<BackendUnavailableException>(() => UntypedModel.Load(Model(), Options() with
        {
            TensorRT = Options().TensorRT with { BuildPolicy = BuildPolicy.Never },
        }));
        error.Message.ShouldContain("one was built and refused, which the cache remembers");
        error.Message.ShouldContain("Output 'plus' at batch=1");
        EngineCaches.WhyBuild(Model(), Options()).ShouldNotBeNull().ShouldContain("one was built and refused");
    }

    [SkippableFact]
    public void BuildEngine_builds_again_and_a_right_engine_makes_the_cache_forget()
    {
        _rig.Trt.Set("defect.scale", 1020);
        Refused();
        Should.Throw<EngineParityException>(() => UntypedModel.BuildEngine(Model(), Options())).RefusedAt.ShouldBeNull();
        Builds.ShouldBe(2);
        Refused().RefusedAt.ShouldNotBeNull();

        _rig.Trt.Set("defect.scale", 0);
        UntypedModel.BuildEngine(Model(), Options()).Parity!.Passed.ShouldBeTrue();
        Refusals.ShouldBeEmpty();
        UntypedModel.Load(Model(), Options()).Dispose();
        Builds.ShouldBe(3);
    }

    [SkippableFact]
    public void The_option_builds_again()
    {
        _rig.Trt.Set("defect.scale", 1020);
        Refused();
        Refused(Parity(new() { RetryRefused = true })).RefusedAt.ShouldBeNull();
        Builds.ShouldBe(2);
        _rig.Trt.Set("defect.scale", 0);
        UntypedModel.Load(Model(), Parity(new() { RetryRefused = true })).Dispose();
        UntypedModel.Load(Model(), Options()).Dispose();
        Builds.ShouldBe(3);
    }

    [SkippableTheory]
    [InlineData("tolerance")]
    [InlineData("tolerance of results")]
    [InlineData("results")]
    [InlineData("samples")]
    [InlineData("reference")]
    [InlineData("changed reference")]
    [InlineData("model")]
    [InlineData("option")]
    public void Another_model_option_or_reference_is_tried_by_itself(string what)
    {
        _rig.Trt.Set("defect.scale", 1300);
        var reference = ParityModel.Two().Save(_rig, "reference.onnx");
        var before = what switch
        {
            "changed reference" => Parity(new() { Reference = reference }),
            "tolerance of results" => Parity(new() { Tolerance = ParityTolerance.Float32 }),
            _ => Options(),
        };
        Refused(before);
        Refused(before).RefusedAt.ShouldNotBeNull();
        var after = what switch
        {
            "tolerance" => Parity(new() { Tolerance = ParityTolerance.Float16 }),
            "tolerance of results" => Parity(new() { Tolerance = ParityTolerance.Float32 with { Position = 0.1 } }),
            "results" => Parity(new() { Results = new Reader() }),
            "samples" => Parity(new() { Samples = inputs => ((InputTensor<float>)inputs.Tensors[0]).Span.Fill(0.5f) }),
            "reference" => Parity(new() { Reference = reference }),
            "option" => Options() with { TensorRT = Options().TensorRT with { AllowTf32 = true } },
            _ => before,
        };
        if (what == "model") ParityModel.Two().Producer("another").Save(_rig);
        if (what == "changed reference") ParityModel.Two().Producer("another").Save(_rig, "reference.onnx");
        Refused(after).RefusedAt.ShouldBeNull();
        Builds.ShouldBe(2);
        // Both are remembered now, unless one of both is gone.
        Refused(after).RefusedAt.ShouldNotBeNull();
        if (what is not ("model" or "changed reference")) Refused(before).RefusedAt.ShouldNotBeNull();
        Builds.ShouldBe(2);
    }

    [SkippableFact]
    public void An_engine_is_tried_again_with_another_driver()
    {
        _rig.Trt.Set("defect.scale", 1300);
        Refused();
        using var other = new FakeDriver();
        // A library is asked for its version once.
        other.Set("version", 13_010);
        _rig.Trt.UseCuda(other.Path);
        var updated = Options() with { TensorRT = Options().TensorRT with { CudaLibraryPath = other.Path } };
        Refused(updated).RefusedAt.ShouldBeNull();
        Refused(updated).RefusedAt.ShouldNotBeNull();
        Builds.ShouldBe(2);
    }

    [SkippableFact]
    public void An_engine_without_a_layer_of_the_asked_type_is_remembered_as_the_error_that_it_was()
    {
        _rig.Trt.Set("ignoresPrecision", 1);
        var options = Options() with { TensorRT = Options().TensorRT with { Precision = ModelPrecision.Float16 } };
        var first = Error<EngineBuildException>(options);
        var again = Error<EngineBuildException>(options);
        (first.RefusedAt, again.RefusedAt == null).ShouldBe((null, false));
        again.Message.ShouldStartWith(first.Message);
        again.LibraryVersion.ShouldBe(first.LibraryVersion);
        Builds.ShouldBe(1);
    }

    [SkippableFact]
    public void A_build_that_fails_is_no_refusal_and_is_tried_again()
    {
        _rig.Trt.Set("fail.build", 2);
        Error<EngineBuildException>(Options()).RefusedAt.ShouldBeNull();
        Error<EngineBuildException>(Options()).RefusedAt.ShouldBeNull();
        Refusals.ShouldBeEmpty();
        Builds.ShouldBe(2);
    }

    [SkippableFact]
    public void A_build_that_fails_after_an_engine_in_the_cache_was_refused_is_no_refusal()
    {
        _rig.Trt.Set("defect.scale", 1020);
        UntypedModel.Load(Model(), Parity(new() { Policy = ParityPolicy.Off })).Dispose();
        _rig.Trt.Set("fail.build", 1);
        Error<EngineBuildException>(Options()).RefusedAt.ShouldBeNull();
        Refusals.ShouldBeEmpty();
        _rig.Trt.Set("defect.scale", 0);
        UntypedModel.Load(Model(), Options()).Dispose();
    }

    [SkippableTheory]
    [InlineData(ParityPolicy.Warn)]
    [InlineData(ParityPolicy.Off)]
    public void A_policy_that_keeps_such_engines_asks_no_memory_and_does_not_change_it(ParityPolicy policy)
    {
        _rig.Trt.Set("defect.scale", 1020);
        Refused();
        UntypedModel.Load(Model(), Parity(new() { Policy = policy })).Dispose();
        Builds.ShouldBe(2);
        // The engine that was kept is compared, removed, and not built a third time.
        Refused().RefusedAt.ShouldNotBeNull();
        Builds.ShouldBe(2);
    }

    [SkippableFact]
    public void An_engine_without_a_reference_is_remembered_until_the_source_lies_beside_the_model()
    {
        var model = ParityModel.Two().Opset("", 999).Metadata("trtbindings.source", "in.onnx")
            .Metadata("trtbindings.source_sha256", HashOfTwo()).Save(_rig);
        Error<EngineParityException>(Options(), model).Output.ShouldBeEmpty();
        Error<EngineParityException>(Options(), model).RefusedAt.ShouldNotBeNull();
        Builds.ShouldBe(1);
        ParityModel.Two().Save(_rig, "in.onnx");
        using var loaded = UntypedModel.Load(model, Options());
        loaded.Backend.Parity.ShouldNotBeNull().Passed.ShouldBeTrue();
        Builds.ShouldBe(2);
    }

    private static string HashOfTwo() =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(ParityModel.Two().ToBytes()));

    private string[] Refusals => Directory.GetFiles(Path.Combine(_rig.Folder, "cache"), "*.refused");

    private long Builds => _rig.Trt.Get("builds");

    private string Model() => Path.Combine(_rig.Folder, "two.onnx") is var path && File.Exists(path) ? path
        : ParityModel.Two().Save(_rig);

    private ModelOptions Options() => Parity(new());

    private ModelOptions Parity(ParityOptions parity) => _rig.With(options => options with
    {
        BuildPolicy = BuildPolicy.WhenMissing,
        Profiles = [new() { ["batch"] = (1, 2, 4) }],
        // Builds are counted: those of a search for the layer would be among them.
        Parity = parity with { LayerSearchBuilds = 0 },
    });

    private EngineParityException Refused(ModelOptions? options = null) => Error<EngineParityException>(options ?? Options());

    private TError Error<TError>(ModelOptions options, string? model = null)
        where TError : TrtBindingsException =>
        Should.Throw<BackendUnavailableException>(() => UntypedModel.Load(model ?? Model(), options))
            .InnerException.ShouldBeOfType<TError>();

    private sealed class Reader : IResultParity
    {
        public string? NameOf(ModelDescription model) => "read";

        public IReadOnlyList<ResultParity> Compare(ModelDescription model, TensorSet inputs, TensorSet reference,
            TensorSet engine, ParityTolerance tolerance) => [];
    }
}
