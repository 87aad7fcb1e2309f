using System.Diagnostics;
using System.Globalization;

namespace TrtBindings.Cli.Output;

/// <summary>Progress where there is no terminal: a line every ten seconds, so that a log shows that work goes on.</summary>
internal static class LineProgress
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    public static Task<T> RunAsync<T>(
        TextWriter writer, string what, Func<IProgress<StepProgress>, Task<T>> work, bool isSilent) =>
        work(new StepLines(writer, what, isSilent));

    private sealed class StepLines(TextWriter writer, string what, bool isSilent) : IProgress<StepProgress>
    {
        private readonly Stopwatch _sinceLine = Stopwatch.StartNew();

        public void Report(StepProgress value)
        {
            lock (_sinceLine)
            {
                if (isSilent || _sinceLine.Elapsed < Between) return;
                _sinceLine.Restart();
            }

            var part = value.Part < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {value.Part:0%}");
            writer.WriteLine($"{what}{part}{(value.Step.Length == 0 ? "" : ": " + value.Step)}");
        }
    }
}
