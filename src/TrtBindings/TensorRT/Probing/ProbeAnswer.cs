using System.Text;

namespace TrtBindings.TensorRT.Probing;

/// <summary>What a probe process says.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">Why, where it did not work.</param>
/// <param name="Version">TensorRT's version, as far as it is known; empty otherwise.</param>
/// <param name="Gpu">The GPU's name, as far as it is known; empty otherwise.</param>
/// <param name="Lines">The engine's tensors, one a line.</param>
internal sealed record ProbeAnswer(ProbeOutcome Outcome, string Text, string Version, string Gpu, IReadOnlyList<string> Lines)
{
    /// <summary>Starts the line: native libraries write to the same output.</summary>
    private const string Mark = "trtbindings-probe/1 ";

    private const char Between = '\n';
    private const int Heads = 4;

    /// <summary>One line of the process's output; anything that an engine names its tensors is safe in it.</summary>
    public string ToLine()
    {
        string[] parts = [Outcome.ToString(), Text, Version, Gpu, .. Lines];
        var text = string.Join(Between, parts.Select(part => part.ReplaceLineEndings(" ")));
        return Mark + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Finds that line in what a process wrote; <see langword="null"/> if it is not there.</summary>
    public static ProbeAnswer? Find(string output)
    {
        var line = output.Split('\n').Select(line => line.Trim())
            .LastOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
        if (line is null) return null;
        try
        {
            var parts = Encoding.UTF8.GetString(Convert.FromBase64String(line[Mark.Length..])).Split(Between);
            return parts.Length >= Heads && Enum.TryParse<ProbeOutcome>(parts[0], out var outcome)
                ? new(outcome, parts[1], parts[2], parts[3], parts[Heads..])
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
