using Spectre.Console;

namespace TrtBindings.Cli.Output;

/// <summary>Progress on a terminal: a bar with the time left.</summary>
internal static class LiveProgress
{
    public static Task<T> RunAsync<T>(IAnsiConsole console, string what, Func<IProgress<StepProgress>, Task<T>> work) =>
        console.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Bar(context.AddTask(Markup.Escape(what), maxValue: 1), what)));

    private sealed class Bar : IProgress<StepProgress>
    {
        private readonly ProgressTask _task;
        private readonly string _what;

        public Bar(ProgressTask task, string what)
        {
            (_task, _what) = (task, what);
            _task.IsIndeterminate = true;
        }

        public void Report(StepProgress value)
        {
            _task.IsIndeterminate = value.Part < 0;
            if (value.Part >= 0) _task.Value = value.Part;
            _task.Description = Markup.Escape(value.Step.Length == 0 ? _what : $"{_what}: {value.Step}");
        }
    }
}
