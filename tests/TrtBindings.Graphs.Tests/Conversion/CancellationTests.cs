using TrtBindings.Graphs.Tests.Support;

namespace TrtBindings.Graphs.Tests.Conversion;

/// <summary>A conversion says how far it is, and ends early without leaving anything.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string> Phases =>
        ["Reading the model", "Measuring samples", "Writing the model", "Checking the result"];

    private string Target => _folder["out.onnx"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Phases))]
    public void Cancelled_in_any_phase_it_leaves_the_older_file_and_nothing_else(string phase)
    {
        var path = Write();
        foreach (var convert in Conversions)
        {
            if (convert == ToBFloat16 && phase == "Measuring samples") continue;
            File.WriteAllText(Target, "older");
            using var end = new CancellationTokenSource();
            var progress = new Steps(step =>
            {
                if (step.Phase == phase) end.Cancel();
            });
            Should.Throw<OperationCanceledException>(() => convert(path, Target, Samples(), progress, end.Token));
            progress.Seen[^1].Phase.ShouldBe(phase);
            File.ReadAllText(Target).ShouldBe("older");
            _folder.Files().ShouldBe(["in.onnx", "out.onnx"]);
        }
    }

    [Fact]
    public void A_token_that_is_cancelled_already_reads_nothing()
    {
        foreach (var convert in Conversions)
        {
            Should.Throw<OperationCanceledException>(() => convert(
                _folder["absent.onnx"], Target, Samples(), null, new CancellationToken(canceled: true)));
        }
    }

    [Fact]
    public void A_run_that_is_long_ends_in_its_middle()
    {
        // A loop of so many rounds takes minutes.
        var body = new Sketch().In("i", ElementType.Int64, Sketch.Scalar).In("go", ElementType.Bool, Sketch.Scalar)
            .In("a", ElementType.Float, 1, 1, 64, 64).Node("Identity", "go", "on").Node("MatMul", "a a", "m")
            .Node("Sin", "m", "b").Out("on", ElementType.Bool, Sketch.Scalar).Out("b", ElementType.Float, 1, 1, 64, 64);
        var path = _folder.Write("in.onnx", new Sketch().In("x", ElementType.Float, 1, 1, 64, 64)
            .Ints("rounds", [], 1_000_000_000).Node("Loop", "rounds . x", "y", ("body", body)).Out("y").Model());
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        Should.Throw<OperationCanceledException>(() => ModelConversion.ToFloat16(path, Target,
            new() { Samples = [Quantizations.Picture("x", 1, 1, 64, 64)] }, cancellationToken: end.Token));
        _folder.Files().ShouldBe(["in.onnx"]);
    }

    [Fact]
    public void Cancelled_after_calibration_the_whole_table_stays_and_spares_the_samples()
    {
        var (path, table) = (Write(), _folder["net.table"]);
        using var end = new CancellationTokenSource();
        var progress = new Steps(step =>
        {
            if (step.Phase == "Writing the model") end.Cancel();
        });
        Should.Throw<OperationCanceledException>(() => ModelConversion.Quantize(
            path, Target, new() { Samples = Samples(), CalibrationTable = table }, progress, end.Token));
        _folder.Files().ShouldBe(["in.onnx", "net.table"]);
        ModelConversion.Quantize(path, Target, new() { CalibrationTable = table }).Samples.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Progress_rises_to_100_and_counts_samples_of_a_list_and_of_a_query(bool isList)
    {
        foreach (var convert in Conversions)
        {
            var progress = new Steps(_ => { });
            convert(Write(), Target, isList ? Samples() : Query(), progress, CancellationToken.None);
            var percents = progress.Seen.ConvertAll(step => step.Percent);
            percents.ShouldBe(percents.Order());
            percents.ShouldAllBe(percent => percent >= 0 && percent <= 100);
            progress.Seen[^1].ShouldBe(new("Done", 1, 1, 100));
            progress.Seen.SkipLast(1).ShouldAllBe(step => step.Percent < 100 || step.Phase == "Checking the result");
            progress.Seen.ShouldContain(step => step.Phase == "Checking the result" && step.Step == step.Steps && step.Steps > 0);
            if (convert == ToBFloat16) continue;
            var measured = progress.Seen.Last(step => step.Phase == "Measuring samples");
            measured.Step.ShouldBe(3);
            measured.Steps.ShouldBe(isList || convert == ToFloat16 ? 3 : 0);
        }

        static IEnumerable<ModelSample> Query()
        {
            foreach (var sample in Samples()) yield return sample;
        }
    }

    private delegate ConversionReport Converting(string path, string target, IEnumerable<ModelSample> samples,
        IProgress<ConversionProgress>? progress, CancellationToken cancellation);

    private static readonly Converting ToFloat16 = (path, target, samples, progress, cancellation) =>
        ModelConversion.ToFloat16(path, target, new() { Samples = samples }, progress, cancellation);

    private static readonly Converting ToBFloat16 = (path, target, samples, progress, cancellation) =>
        ModelConversion.ToBFloat16(path, target, new() { Samples = samples }, progress, cancellation);

    private static readonly Converting[] Conversions =
    [
        ToFloat16, ToBFloat16,
        (path, target, samples, progress, cancellation) =>
            ModelConversion.Quantize(path, target, new() { Samples = samples }, progress, cancellation),
    ];

    private static ModelSample[] Samples() =>
        [.. Enumerable.Range(0, 3).Select(_ => Quantizations.Picture("x", 1, 16, 8, 8))];

    private string Write() => _folder.Write("in.onnx", new Sketch().In("x", ElementType.Float, 1, 16, 8, 8)
        .Conv("x", "c", 16, 16).Node("Relu", "c", "r").Conv("r", "y", 16, 2).Out("y").Model());

    private sealed class Steps(Action<ConversionProgress> at) : IProgress<ConversionProgress>
    {
        public List<ConversionProgress> Seen { get; } = [];

        public void Report(ConversionProgress value)
        {
            Seen.Add(value);
            at(value);
        }
    }
}
