using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TrtBindings.TestSupport;

namespace TrtBindings.Benchmarks;

/// <summary>
/// <c>trtb bench</c> against a stopwatch around a bare loop of the same model: what the command adds to a run, or hides. Both are
/// taken in turn, because a machine's clock and its other work change.
/// </summary>
internal static class ToolBenchRows
{
    /// <summary>A published trtb to measure in place of the built one; on a machine without the SDK it is needed.</summary>
    private const string Published = "TRTB_PROGRAM";

    private const int Rounds = 5;
    private const double Seconds = 2;

    public static IEnumerable<Row> Measure()
    {
        var model = Path.Combine(TestPaths.RepositoryRoot, "samples", "models", "desk-detect", "desk-detect.onnx");
        foreach (var backend in (BackendKind[])[BackendKind.OnnxRuntimeCpu, BackendKind.TensorRT])
        {
            var what = $"trtb bench and a bare loop, {backend}: difference of the medians";
            if (Tool() is not { } tool) yield return Row.NotRun(what, "trtb is not built; TRTB_PROGRAM names one");
            else yield return Compare(what, tool, model, backend);
        }
    }

    private static Row Compare(string what, string[] tool, string path, BackendKind backend)
    {
        var options = ModelOptions.Require(backend);
        // As the tool does it, so that both find one engine.
        if (backend == BackendKind.TensorRT)
            options.TensorRT = new() { BuildPolicy = BuildPolicy.WhenMissing, Profiles = [new() { ["batch"] = (1, 1, 1) }] };
        UntypedOnnxModel model;
        try
        {
            model = UntypedOnnxModel.Load(path, options);
        }
        catch (TrtBindingsException e)
        {
            return Row.NotRun(what, e.Message);
        }

        using (model)
        {
            var ratios = new double[Rounds];
            for (var round = 0; round < Rounds; round++)
                ratios[round] = Told(tool, path, backend) / Bare(model);
            return Row.AtMost(what, 5, 100 * Math.Abs(Median.Of(ratios) - 1), "%");
        }
    }

    /// <summary>The median of a loop with nothing but the run in it, in milliseconds.</summary>
    private static double Bare(UntypedOnnxModel model)
    {
        using var inputs = model.AllocateInputs(1);
        using var outputs = model.AllocateOutputs(inputs);
        inputs.Get<float>("images").Span.Fill(0.5f);
        for (var run = 0; run < 10; run++) model.Run(inputs, outputs);
        var times = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < Seconds)
        {
            var start = Stopwatch.GetTimestamp();
            model.Run(inputs, outputs);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return Median.Of([.. times]);
    }

    private static double Told(string[] tool, string path, BackendKind backend)
    {
        string[] arguments =
        [
            .. tool[1..], "bench", path, "--backend", backend == BackendKind.TensorRT ? "tensorrt" : "cpu", "--batch", "1",
                "--json",
            "--duration", Seconds.ToString(CultureInfo.InvariantCulture),
        ];
        using var process = Process.Start(new ProcessStartInfo(tool[0], arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return JsonDocument.Parse(output).RootElement.GetProperty("results")[0].GetProperty("endToEnd").GetProperty("median")
            .GetDouble();
    }

    private static string[]? Tool()
    {
        if (Environment.GetEnvironmentVariable(Published) is { Length: > 0 } published) return [published];
        var built = Path.Combine(TestPaths.RepositoryRoot, "artifacts", "bin", "TrtBindings.Cli", "release", "trtb.dll");
        return File.Exists(built) ? ["dotnet", built] : null;
    }
}
