using System.Diagnostics;
using TrtBindings.OnnxRuntime;

namespace TrtBindings.Benchmarks;

/// <summary>Cost of one Run above the managed package's <c>RunWithBinding</c> on the same binding.</summary>
internal static class RunRows
{
    private const int Rounds = 20;
    private const int Runs = 10_000;

    public static IEnumerable<Row> Measure()
    {
        using var model = IdentityModel.Load();
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        inputs.Get<float>(0).Span.Fill(1);
        for (var i = 0; i < Runs; i++) model.Run(inputs, outputs);

        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Runs; i++) model.Run(inputs, outputs);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        yield return Row.Zero($"Run of an identity of 4 floats, one thread: bytes in {Runs} runs", allocated, "bytes");

        var (whole, bare) = (new double[Rounds], new double[Rounds]);
        var binding = (OrtBinding)((OnnxModel.RunBinding)outputs.Attachment!).Binding;
        RunBare(binding);
        for (var round = 0; round < Rounds; round++)
        {
            bare[round] = RunBare(binding);
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Runs; i++) model.Run(inputs, outputs);
            whole[round] = Stopwatch.GetElapsedTime(started).TotalMicroseconds / Runs;
        }

        if (outputs.Get<float>(0).Span[3] != 1) throw new InvalidOperationException("The model did not run.");
        yield return Row.Below(
            "  over a bare RunWithBinding (median of 20 interleaved rounds)", 2,
            Median.Of(whole.Zip(bare, (one, other) => one - other)), "µs");
        yield return Row.Figure("  the bare call itself", Median.Of(bare), "µs");
    }

    /// <summary>Microseconds of a bare call of the managed package, on the binding that Run uses.</summary>
    private static double RunBare(OrtBinding binding)
    {
        var (session, options, native) = (binding.Io.Session.Native, binding.RunOptions, binding.Io.Native);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Runs; i++) session.RunWithBinding(options, native);
        var time = Stopwatch.GetElapsedTime(started).TotalMicroseconds / Runs;
        GC.KeepAlive(binding);
        return time;
    }
}
