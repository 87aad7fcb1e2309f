using System.Globalization;

namespace TrtBindings.Cli.Converting;

/// <summary>Progress of a conversion as progress of a command.</summary>
internal sealed class ConvertSteps(IProgress<StepProgress> progress) : IProgress<ConversionProgress>
{
    private const double Percent = 100;

    /// <inheritdoc/>
    public void Report(ConversionProgress value)
    {
        var steps = value.Step == 0 ? "" : value.Steps == 0 ? Text($", {value.Step}") : Text($", {value.Step} of {value.Steps}");
        progress.Report(new(value.Percent / Percent, value.Phase + steps));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
