namespace TrtBindings.Cli.Tests;

/// <summary><c>trtb bench</c>. How long runs take is for the benchmarks; here only what is told.</summary>
[Trait("Category", "Slow")]
public sealed class BenchTests : IDisposable
{
    private static readonly string[] Short = ["--duration", "0.2", "--warm-up", "0.05", "--backend", "cpu"];

    private readonly Models _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public void Batches_and_threads_stand_side_by_side()
    {
        var run = Tool.Run(["bench", _models.Double(), "--batch", "1,8", "--threads", "1,2", "--json", .. Short]);
        run.ExitCode.ShouldBe(0, run.Error);
        var results = run.Json.GetProperty("results").EnumerateArray().ToArray();
        results.Select(one => (one.GetProperty("batch").GetInt32(), one.GetProperty("threads").GetInt32()))
            .ShouldBe([(1, 1), (1, 2), (8, 1), (8, 2)]);
        foreach (var one in results)
        {
            var times = one.GetProperty("endToEnd");
            double[] steps = [.. ((string[])["min", "median", "p90", "p99"]).Select(name => times.GetProperty(name).GetDouble())];
            steps[0].ShouldBeGreaterThan(0);
            steps.ShouldBeInOrder();
            one.GetProperty("runs").GetInt32().ShouldBeGreaterThanOrEqualTo(10);
            // What a run allocates: nothing. The loop's own thread may note a timer once.
            one.GetProperty("allocatedBytesPerRun").GetDouble().ShouldBeLessThan(1);
            one.TryGetProperty("upload", out _).ShouldBeFalse();
        }

        results[2].GetProperty("inputs")[0].GetString().ShouldBe("x 8x3");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void The_table_fits_the_width_and_says_what_figures_mean(int width)
    {
        var run = Tool.Run([("COLUMNS", $"{width}"), ("NO_COLOR", "1")], ["bench", _models.Double(), .. Short]);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Lines.ShouldContain(line => line.Contains("end to end, p99"));
        run.Lines.ShouldContain(line => line.Contains("upload") && line.TrimEnd().EndsWith('-'));
        run.Output.ShouldContain("enqueue: ms of the processor to queue a run");
        run.Lines.Where(line => !line.Contains('/')).ShouldAllBe(line => line.Length <= width);
        run.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public void Markdown_is_a_file_with_a_table()
    {
        var file = _models.PathOf("bench.md");
        Tool.Run(["bench", _models.Double(), "--markdown", file, .. Short]).ExitCode.ShouldBe(0);
        var lines = File.ReadAllLines(file);
        lines[0].ShouldBe("# double.onnx");
        lines.ShouldContain("| --- | ---: |");
        lines.ShouldContain(line => line.StartsWith("| end to end, median | ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rate_that_is_kept_is_about_that_and_one_that_is_not_is_said()
    {
        // A schedule of 40 runs in a second cannot be done sooner than its last run is due.
        var kept = Tool.Run("bench", _models.Double(), "--rate", "40", "--duration", "1", "--backend", "cpu", "--json");
        kept.ExitCode.ShouldBe(0, kept.Error);
        var result = kept.Json.GetProperty("results")[0];
        result.GetProperty("runs").GetInt32().ShouldBe(40);
        result.GetProperty("itemsPerSecond").GetDouble().ShouldBeLessThanOrEqualTo(41);
        var missed = Tool.Run(
            "bench", Models.Shipped("desk-seg.onnx"), "--rate", "5000", "--duration", "0.004", "--backend", "cpu", "--json");
        Warnings(missed).ShouldContain(warning => warning.Contains("The rate was not kept"));
    }

    /// <summary>A million a second for a fifth of a second would take the model a quarter of an hour.</summary>
    [Fact]
    public void A_rate_far_above_what_the_model_can_do_ends_and_says_what_was_not_begun()
    {
        var run = Tool.Run("bench", Models.Shipped("desk-seg.onnx"), "--rate", "1000000", "--duration", "0.2", "--warm-up", "0",
            "--backend", "cpu", "--json");
        run.ExitCode.ShouldBe(0, run.Error);
        var result = run.Json.GetProperty("results")[0];
        var (runs, notBegun) = (result.GetProperty("runs").GetInt32(), result.GetProperty("notBegun").GetInt32());
        runs.ShouldBeGreaterThanOrEqualTo(10);
        (runs + notBegun).ShouldBe(200_000);
        Warnings(run).ShouldContain(warning => warning.Contains($"{notBegun} runs were not begun"));
    }

    [Fact]
    public void Wrong_figures_are_one_line()
    {
        Tool.Run("bench", _models.Double(), "--batch", "0").ShouldBeOneLine(2, "--batch is '0'");
        Tool.Run("bench", _models.Double(), "--threads", "x").ShouldBeOneLine(2, "--threads is 'x'");
        Tool.Run("bench", _models.Double(), "--rate", "0").ShouldBeOneLine(2, "--rate is 0");
        Tool.Run("bench", _models.Double(), "--duration", "-1").ShouldBeOneLine(2, "--duration is -1");
        Tool.Run("bench", _models.Double(), "--backend", "gpu").ShouldBeOneLine(2, "'gpu' is no backend");
        Tool.Run("bench", Models.Shipped("desk-maskrcnn/desk-maskrcnn-480x640.onnx"), "--batch", "4", "--backend", "cpu")
            .ShouldBeOneLine(2, "fixed at 1");
    }

    private static IEnumerable<string> Warnings(Tool run) => run.Json.GetProperty("results").EnumerateArray()
        .SelectMany(one => one.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!));
}
