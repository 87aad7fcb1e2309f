using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>Engines that answer wrong, planted in the stand-in: each is refused before it is kept, and right ones pass.</summary>
[Trait("Category", "Slow")]
public sealed class ParityGateTests : IDisposable
{
    private const int HalfBits = 10;

    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableTheory]
    [InlineData(ModelPrecision.Float32)]
    [InlineData(ModelPrecision.Float16)]
    public void A_right_engine_passes_and_its_figures_stay_beside_it(ModelPrecision precision)
    {
        if (precision == ModelPrecision.Float16) _rig.Trt.Set("defect.roundBits", HalfBits);
        var built = Build(precision);
        var report = built.Parity.ShouldNotBeNull();
        (report.Passed, report.Precision, report.HasSamples).ShouldBe((true, precision, false));
        report.Reference.ShouldStartWith("ONNX Runtime");
        report.Outputs.Select(output => output.Output).Distinct().ShouldBe(["plus", "minus"]);
        report.Outputs.Select(output => output.Size).Distinct().ShouldBe(
            ["batch=1",
             "batch=2", "batch=2, item 0 alone", "batch=2, item 1 alone", "batch=2, items in reverse", "batch=2, equal items",
             "batch=4", "batch=4, item 0 alone", "batch=4, item 3 alone", "batch=4, items in reverse", "batch=4, equal items"]);
        report.Outputs.ShouldAllBe(output => output.Elements > 0 && output.Range > 0);
        if (precision == ModelPrecision.Float16) report.Outputs.Max(output => output.Relative).ShouldBeGreaterThan(1e-5);

        var again = Build(precision);
        again.WasBuilt.ShouldBeFalse();
        again.Parity.ShouldNotBeNull().ToString().ShouldBe(report.ToString());
        using var model = UntypedModel.Load(Model(), Options(precision));
        model.Backend.Parity.ShouldNotBeNull().ToString().ShouldBe(report.ToString());
        _rig.Trt.Get("builds").ShouldBe(1);
    }

    [SkippableTheory]
    [InlineData("weights", 1, "minus", ModelPrecision.Float32)]
    [InlineData("scale", 1020, "plus", ModelPrecision.Float32)]
    [InlineData("swap", 1, "plus", ModelPrecision.Float32)]
    [InlineData("nan", 1, "plus", ModelPrecision.Float32)]
    [InlineData("item", 2, "plus", ModelPrecision.Float32)]
    [InlineData("weights", 1, "plus", ModelPrecision.Float16)]
    [InlineData("scale", 1020, "plus", ModelPrecision.Float16)]
    [InlineData("swap", 1, "plus", ModelPrecision.Float16)]
    [InlineData("nan", 1, "plus", ModelPrecision.Float16)]
    [InlineData("item", 2, "plus", ModelPrecision.Float16)]
    public void A_planted_engine_is_refused_and_its_output_named(
        string defect, long amount, string output, ModelPrecision precision)
    {
        _rig.Trt.Set($"defect.{defect}", amount);
        if (precision == ModelPrecision.Float16) _rig.Trt.Set("defect.roundBits", HalfBits);
        var error = Should.Throw<EngineParityException>(() => Build(precision));
        if (defect != "weights") error.Output.ShouldBe(output);
        error.Message.ShouldContain($"Output '{error.Output}' at batch={(defect == "item" ? "4" : "1")}");
        error.Message.ShouldContain(defect == "nan" ? "NaN" : "the tolerance is");
        if (defect == "item") error.BatchItem.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(2);
        Directory.GetFiles(Path.Combine(_rig.Folder, "cache"), "*.engine").ShouldBeEmpty();
        _rig.Trt.Get("live.engine").ShouldBe(0);

        // Without the defect the next build is good.
        _rig.Trt.Set($"defect.{defect}", 0);
        Build(precision).WasBuilt.ShouldBeTrue();
    }

    [SkippableFact]
    public void A_rounded_8_bit_engine_passes_as_such_and_not_as_one_of_16_bits()
    {
        _rig.Trt.Set("defect.roundInt8", 1);
        Should.Throw<EngineParityException>(() => Build(ModelPrecision.Float32));
        Build(ModelPrecision.Int8).Parity.ShouldNotBeNull().Passed.ShouldBeTrue();
    }

    [SkippableFact]
    public void Loading_with_a_build_refuses_such_an_engine_too_and_the_next_backend_says_why()
    {
        _rig.Trt.Set("defect.scale", 1020);
        var options = Options(ModelPrecision.Float32) with { RequiredBackend = null };
        using var model = UntypedModel.Load(Model(), options);
        model.Backend.Kind.ShouldNotBe(BackendKind.TensorRT);
        var reason = model.Backend.Rejected.First(one => one.Backend == BackendKind.TensorRT).Reason;
        reason.ShouldContain("Output 'plus' at batch=1");
        reason.ShouldContain("1.02");
    }

    [SkippableFact]
    public void A_policy_that_warns_keeps_the_engine_and_a_stricter_one_later_builds_again()
    {
        _rig.Trt.Set("defect.scale", 1020);
        var warned = Build(ModelPrecision.Float32, parity => parity with { Policy = ParityPolicy.Warn });
        warned.Parity.ShouldNotBeNull().Passed.ShouldBeFalse();
        File.Exists(warned.Path).ShouldBeTrue();
        _rig.Log.Lines.ShouldContain(line => line.Contains("strays from the reference") && line.Contains("plus"));

        // Loading without a build does not take it unseen.
        var error = Should.Throw<BackendUnavailableException>(() => UntypedModel.Load(Model(), _rig.With(options => options with
        {
            Profiles = [Batches],
        })));
        error.Message.ShouldContain("strays from the reference");

        _rig.Trt.Set("defect.scale", 0);
        var strict = Build(ModelPrecision.Float32);
        (strict.WasBuilt, strict.Parity!.Passed).ShouldBe((true, true));
        File.Exists(warned.Path).ShouldBeFalse();
    }

    [SkippableFact]
    public void An_engine_that_was_kept_unseen_is_compared_when_the_policy_asks_for_it()
    {
        var unseen = Build(ModelPrecision.Float32, parity => parity with { Policy = ParityPolicy.Off });
        unseen.Parity.ShouldBeNull();
        var seen = Build(ModelPrecision.Float32);
        (seen.WasBuilt, seen.Parity!.Passed, seen.Path).ShouldBe((false, true, unseen.Path));
        // Another tolerance is another question.
        Build(ModelPrecision.Float32, parity => parity with { Tolerance = ParityTolerance.Float16 }).Parity!.Tolerance
            .ShouldBe(ParityTolerance.Float16);
        _rig.Trt.Get("builds").ShouldBe(1);
    }

    [SkippableFact]
    public void A_bad_engine_that_was_kept_unseen_is_removed_and_built_anew()
    {
        _rig.Trt.Set("defect.nan", 1);
        var unseen = Build(ModelPrecision.Float32, parity => parity with { Policy = ParityPolicy.Off });
        _rig.Trt.Set("defect.nan", 0);
        var seen = Build(ModelPrecision.Float32);
        (seen.WasBuilt, seen.Parity!.Passed).ShouldBe((true, true));
        File.Exists(unseen.Path).ShouldBeFalse();
    }

    [SkippableFact]
    public void The_application_gives_the_samples_at_every_size()
    {
        var shapes = new List<string>();
        var built = Build(ModelPrecision.Float32, parity => parity with
        {
            Samples = inputs =>
            {
                var x = (InputTensor<float>)inputs.Tensors[0];
                shapes.Add(string.Join(',', x.Lengths.ToArray()));
                x.Span.Fill(0.5f);
            },
        });
        shapes.ShouldBe(["1,3,40", "2,3,40", "4,3,40"]);
        built.Parity!.HasSamples.ShouldBeTrue();
    }

    [SkippableFact]
    public void A_reference_with_other_outputs_is_an_error_that_names_them()
    {
        var other = new OnnxModelBuilder().Input("x", ElementType.Float, "batch", 3, 40)
            .Output("y", ElementType.Float, "batch", 3, 40).Node("Relu", ["x"], ["y"]).Save(_rig, "other.onnx");
        Should.Throw<SignatureMismatchException>(() => Build(ModelPrecision.Float32, parity => parity with { Reference = other }))
            .Message.ShouldContain("plus");
    }

    private static TensorRtProfile Batches => new() { ["batch"] = (1, 2, 4) };

    private string Model() => ParityModel.Two().Save(_rig);

    private ModelOptions Options(ModelPrecision precision, Func<ParityOptions, ParityOptions>? parity = null) =>
        _rig.With(options => options with
        {
            BuildPolicy = BuildPolicy.WhenMissing,
            Precision = precision,
            Profiles = [Batches],
            Parity = parity?.Invoke(new()) ?? new(),
        });

    private BuiltEngine Build(ModelPrecision precision, Func<ParityOptions, ParityOptions>? parity = null) =>
        UntypedModel.BuildEngine(Model(), Options(precision, parity));
}
