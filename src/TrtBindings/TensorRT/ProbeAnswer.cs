using System.Text;

namespace TrtBindings.TensorRT;

/// <summary>The answer of a probe process.</summary>
/// <param name="Outcome">How the probe ended.</param>
/// <param name="Text">The reason if it failed.</param>
/// <param name="Version">TensorRT's version; empty if it is not known.</param>
/// <param name="Gpu">The GPU's name; empty if it is not known.</param>
/// <param name="Lines">The engine's tensors, one per line.</param>
internal sealed record ProbeAnswer(ProbeOutcome Outcome, string Text, string Version, string Gpu, IReadOnlyList<string> Lines)
{
    /// <summary>Marks the line of the answer, because native libraries write to the same output.</summary>
    private const string Mark = "trtbindings-probe/1 ";

    private const char Between = '\n';
    private const int Heads = 4;

    /// <summary>The answer as one line of output. Base64 makes any tensor name safe in it.</summary>
    public string ToLine()
    {
        string[] parts = [Outcome.ToString(), Text, Version, Gpu, .. Lines];
        var text = string.Join(Between, parts.Select(part => part.ReplaceLineEndings(" ")));
        return Mark + Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Finds the answer in the output of a process; <see langword="null"/> if there is none.</summary>
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

/// <summary>The outcome of a probe.</summary>
internal enum ProbeOutcome
{
    /// <summary>Every step worked.</summary>
    Works,

    /// <summary>TensorRT refuses the engine.</summary>
    EngineRefused,

    /// <summary>There is no usable TensorRT or GPU, so nothing is known about the engine.</summary>
    NoTensorRt,

    /// <summary>The process crashed, hung, or gave no answer.</summary>
    Crashed,
}
