using TrtBindings.Backends;
using TrtBindings.Parity;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>
/// Engines that answer wrong at one batch or through one profile only, planted in the stand-in, and the tests of a batch's items
/// that need no reference.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RowTests : IDisposable
{
    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void Items_are_tested_at_every_batch_of_every_profile_and_alone_where_the_profile_allows_it()
    {
        var report = UntypedModel.BuildEngine(Model(), Options(Batch(1, 1, 1), Batch(1, 4, 8), Batch(2, 4, 16))).Parity!;
        report.Passed.ShouldBeTrue(report.ToString());
        report.Outputs.Select(output => output.Size).Distinct().ShouldBe(
        [
            "batch=1",
            "batch=1, profile 2 of 3",
            "batch=4", "batch=4, item 0 alone", "batch=4, item 3 alone", "batch=4, items in reverse", "batch=4, equal items",
            "batch=8", "batch=8, item 0 alone", "batch=8, item 7 alone", "batch=8, items in reverse", "batch=8, equal items",
            "batch=2", "batch=2, items in reverse", "batch=2, equal items",
            "batch=4, profile 3 of 3", "batch=4, profile 3 of 3, items in reverse", "batch=4, profile 3 of 3, equal items",
            "batch=16", "batch=16, items in reverse", "batch=16, equal items",
        ]);
    }

    [SkippableTheory]
    [InlineData(8, 0, "batch=8")]
    [InlineData(4, 2, "batch=4")]
    [InlineData(1, 2, "batch=1, profile 2 of 2")]
    [InlineData(1, 1, "batch=1")]
    public void An_engine_that_is_wrong_at_one_batch_or_there_through_one_profile_is_refused(int batch, int profile, string size)
    {
        _rig.Trt.Set("defect.batch", batch);
        _rig.Trt.Set("defect.profile", profile);
        var error = Should.Throw<EngineParityException>(
            () => UntypedModel.BuildEngine(Model(), Options(Batch(1, 1, 1), Batch(1, 4, 8))));
        (error.Output, error.Size).ShouldBe(("plus", size));
    }

    [SkippableFact]
    public void An_engine_that_is_wrong_only_at_batch_1_of_the_largest_other_sizes_is_refused_by_its_items_alone()
    {
        _rig.Trt.Set("defect.batch", 1);
        _rig.Trt.Set("defect.last", 24);
        var options = Options(new TensorRtProfile { ["batch"] = (1, 2, 4), ["width"] = (8, 16, 24) });
        var error = Should.Throw<EngineParityException>(() => UntypedModel.BuildEngine(Wide(), options));
        (error.Output, error.Size).ShouldBe(("plus", "batch=4,width=24, item 0 alone"));
    }

    [SkippableTheory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Items_in_reverse_and_equal_items_need_no_reference(int batch)
    {
        _rig.Trt.Set("defect.batch", batch);
        // Its own reference: whatever it answers is right, if its items do not answer by their places.
        var wrong = OfItself(Batch(2, 4, 8)).Where(result => !result.Passed).Select(result => result.Size).Distinct();
        wrong.ShouldBe([$"batch={batch}, items in reverse", $"batch={batch}, equal items"]);
        _rig.Trt.Set("defect.batch", 0);
        Directory.Delete(Path.Combine(_rig.Folder, "cache"), recursive: true);
        OfItself(Batch(2, 4, 8)).ShouldAllBe(result => result.Passed);
    }

    [SkippableFact]
    public void A_model_whose_items_depend_on_each_other_is_not_refused_for_it()
    {
        // In the reference the fault is that of the engine, and so the answer of the model.
        _rig.Trt.Set("defect.batch", 1);
        OfItself(Batch(1, 1, 1), Batch(1, 4, 8)).Where(result => result.Size.EndsWith("alone")).ShouldBeEmpty();
    }

    private IReadOnlyList<OutputParity> OfItself(params TensorRtProfile[] profiles)
    {
        var options = Options(profiles);
        options = options with { TensorRT = options.TensorRT with { Parity = new() { Policy = ParityPolicy.Off } } };
        using var model = UntypedModel.Load(Model(), options);
        var runs = new ParityRuns(model.Description, model.Signature, ParityTolerance.Float32, new());
        return runs.Compare(
            model.Session, model.Session, ProfileResolver.Complete(model.Signature, model.Declaration), CancellationToken.None);
    }

    private static TensorRtProfile Batch(int least, int best, int most) => new() { ["batch"] = (least, best, most) };

    private string Model() => ParityModel.Two().Save(_rig);

    private string Wide() => new OnnxModelBuilder().Input("x", ElementType.Float, "batch", 3, "width")
        .Output("plus", ElementType.Float, "batch", 3, "width")
        .Graph(graph => graph.NamedNode("/Add", "Add", ["x", "x"], ["plus"])).Save(_rig, "wide.onnx");

    private ModelOptions Options(params TensorRtProfile[] profiles) => _rig.With(options => options with
    {
        BuildPolicy = BuildPolicy.WhenMissing,
        Profiles = profiles,
    });
}
