using TrtBindings.TestSupport;

namespace TrtBindings.Tests.Models.TensorRT;

/// <summary>What is read from the outputs is judged beside the numbers, when an engine is built and when one is found.</summary>
[Trait("Category", "Slow")]
public sealed class ResultParityTests : IDisposable
{
    private readonly TensorRtRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [SkippableFact]
    public void Results_are_compared_once_for_each_size_and_stand_in_the_report()
    {
        var judge = new Judge();
        var report = Build(judge).Parity.ShouldNotBeNull();
        (report.Passed, report.Results).ShouldBe((true, "judged"));
        judge.Seen.ShouldBe(["x 1,3,40: plus, minus", "x 2,3,40: plus, minus", "x 4,3,40: plus, minus"]);
        report.Outputs.Where(one => one.Output == OutputParity.ResultsName).Select(one => (one.Size, one.Part, one.Elements))
            .ShouldBe([("batch=1", "things", 1), ("batch=2", "things", 2), ("batch=4", "things", 4)]);
        report.ToString().ShouldContain(", and as judged: within the tolerance");

        // The verdict is kept with them.
        Build(judge).WasBuilt.ShouldBeFalse();
        judge.Seen.Count.ShouldBe(3);
    }

    [SkippableFact]
    public void An_engine_whose_numbers_are_right_and_whose_results_are_not_is_refused()
    {
        var error = Should.Throw<EngineParityException>(() => Build(new() { Problem = "a mug is a pen" }));
        (error.Output, error.Size, error.BatchItem).ShouldBe(("results", "batch=4", 3));
        error.Message.ShouldContain(
            "What is read from its outputs at batch=4, item 3 of the batch: things: a mug is a pen. Build again");
        error.Search.ShouldNotBeNull().Explanation.ShouldStartWith("Its outputs are within the tolerance by themselves");
        Directory.GetFiles(Path.Combine(_rig.Folder, "cache"), "*.engine").ShouldBeEmpty();
        _rig.Trt.Get("builds").ShouldBe(1);
    }

    [SkippableFact]
    public void An_engine_that_was_kept_for_its_numbers_is_judged_by_the_next_build_that_asks_for_it()
    {
        Build(null).Parity.ShouldNotBeNull().Results.ShouldBeNull();
        var judge = new Judge();
        var again = Build(judge);
        (again.WasBuilt, again.Parity!.Results, judge.Seen.Count).ShouldBe((false, "judged", 3));
    }

    [SkippableFact]
    public void An_engine_that_was_kept_for_its_results_too_is_taken_by_who_asks_for_numbers_only()
    {
        Build(new());
        Build(null).Parity.ShouldNotBeNull().Results.ShouldBe("judged");
    }

    [SkippableFact]
    public void A_model_that_nobody_reads_is_compared_by_its_numbers_only()
    {
        var judge = new Judge { Name = null };
        Build(judge).Parity.ShouldNotBeNull().Results.ShouldBeNull();
        Build(judge).WasBuilt.ShouldBeFalse();
        judge.Seen.ShouldBeEmpty();
    }

    private BuiltEngine Build(Judge? judge) => UntypedModel.BuildEngine(
        ParityModel.Two().Save(_rig), _rig.With(options => options with
        {
            Profiles = [new() { ["batch"] = (1, 2, 4) }],
            Parity = new() { Results = judge },
        }));

    private sealed class Judge : IResultParity
    {
        public List<string> Seen { get; } = [];

        public string? Name { get; init; } = "judged";

        public string? Problem { get; init; }

        public string? NameOf(ModelDescription model) => Name;

        public IReadOnlyList<ResultParity> Compare(
            ModelDescription model, TensorSet inputs, TensorSet reference, TensorSet engine, ParityTolerance tolerance)
        {
            var x = (InputTensor<float>)inputs.Tensors[0];
            foreach (var (one, other) in reference.Tensors.Zip(engine.Tensors))
                ((OutputTensor<float>)one).Span.SequenceEqual(((OutputTensor<float>)other).Span).ShouldBeTrue();
            Seen.Add($"{x.Name} {string.Join(',', x.Lengths.ToArray())}: "
                + string.Join(", ", engine.Tensors.Select(tensor => tensor.Name)));
            tolerance.ShouldBe(ParityTolerance.Float32);
            var batch = (int)x.Lengths[0];
            return [new("things", batch) { Picture = batch - 1, Problem = batch == 4 ? Problem : null }];
        }
    }
}
