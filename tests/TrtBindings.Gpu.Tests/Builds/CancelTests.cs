using System.Diagnostics;
using TrtBindings.Gpu.Tests.Figures;
using TrtBindings.TestSupport;

namespace TrtBindings.Gpu.Tests.Builds;

/// <summary>Cancelling a build that takes long enough for somebody to want that.</summary>
public sealed class CancelTests
{
    private const double LeastBuildSeconds = 10;
    private const double MostCancelSeconds = 2;

    [SkippableFact]
    public void A_cancelled_build_ends_within_2_seconds_and_leaves_no_file()
    {
        // YOLO-seg in 16-bit floats: 82 s there. Nothing of one build makes the next one shorter.
        using var build = new OneBuild("yoloseg_n1-8_fp16");
        build.Options = build.Options with { UseTimingCache = false };
        using var cancel = new CancellationTokenSource();
        var (started, asked, steps, later) = (0L, 0L, 0, 0);
        var progress = new Steps(() =>
        {
            if (asked > 0) later++;
            if (asked > 0 || started == 0 || Stopwatch.GetElapsedTime(started).TotalSeconds < LeastBuildSeconds) return;
            asked = Stopwatch.GetTimestamp();
            cancel.Cancel();
        }, () => steps++, () => started = Stopwatch.GetTimestamp());
        Should.Throw<OperationCanceledException>(
            () => UntypedModel.BuildEngine(build.Model, build.Options, progress, cancel.Token));
        var seconds = Stopwatch.GetElapsedTime(asked).TotalSeconds;
        asked.ShouldBeGreaterThan(0, $"the build was over, or told nothing, before {LeastBuildSeconds} s");
        later.ShouldBe(0, "steps after the cancelling");
        Directory.EnumerateFiles(build.Folder, "*.engine").ShouldBeEmpty();
        Directory.EnumerateFiles(build.Folder, ".*").ShouldBeEmpty();
        FigureLog.Check("builds", $"a build cancelled after {LeastBuildSeconds} s and {steps} steps ends in",
            FigureLog.Text(seconds, "s"), "2 s", seconds < MostCancelSeconds);
    }

    /// <summary>Tells of TensorRT's own first step and of every step; it is called from one thread at a time.</summary>
    private sealed class Steps(Action every, Action count, Action first) : IProgress<BuildProgress>
    {
        private bool _isFirst = true;

        public void Report(BuildProgress value)
        {
            if (value.Phase is "Starting the builder" or "Reading the model") return;
            if (_isFirst) first();
            _isFirst = false;
            count();
            every();
        }
    }
}
