using System.Text;

namespace TrtBindings.Conversion;

/// <summary>
/// What the build reads from this program: a line each, <c>TRTB|kind|text</c>, with line breaks as <c>\n</c>. Whatever else a
/// library prints has no such beginning.
/// </summary>
internal sealed class Messages(Stream output)
{
    /// <summary>The id of a model that cannot be converted.</summary>
    public const string Failed = "TRTB0211";

    /// <summary>The id of calibration that cannot be used.</summary>
    public const string Calibration = "TRTB0212";

    private readonly StreamWriter _writer =
        new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    /// <summary>A line that every build shows.</summary>
    public void High(string text) => Write("high", text);

    /// <summary>A line that a build of normal verbosity shows.</summary>
    public void Normal(string text) => Write("normal", text);

    /// <summary>A line that a detailed build shows.</summary>
    public void Low(string text) => Write("low", text);

    /// <summary>An error.</summary>
    /// <param name="id">Id of the diagnostic.</param>
    /// <param name="model">The model; empty for the project.</param>
    /// <param name="text">What is wrong.</param>
    public void Error(string id, string model, string text) => Write("error", $"{id}|{model.Replace("|", "%7C")}|{text}");

    /// <summary>A model is there.</summary>
    /// <param name="target">The file that was written.</param>
    /// <param name="sourceHash">SHA-256 of what it was made from.</param>
    public void Done(string target, string sourceHash) => Write("done", $"{sourceHash}|{target}");

    private void Write(string kind, string text) =>
        _writer.WriteLine($"TRTB|{kind}|{text.ReplaceLineEndings("\n").Replace("\n", "\\n", StringComparison.Ordinal)}");
}
