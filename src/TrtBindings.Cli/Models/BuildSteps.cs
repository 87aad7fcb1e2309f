namespace TrtBindings.Cli.Models;

/// <summary>Progress of an engine build as progress of a command.</summary>
internal sealed class BuildSteps(IProgress<StepProgress> progress) : IProgress<BuildProgress>
{
    private const double Percent = 100;

    /// <inheritdoc/>
    public void Report(BuildProgress value) => progress.Report(new(value.Percent / Percent, value.Phase));
}
