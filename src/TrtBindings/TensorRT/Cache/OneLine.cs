namespace TrtBindings.TensorRT.Cache;

/// <summary>Text from files and options, made fit for one line of a log.</summary>
internal static class OneLine
{
    private const int MaxLength = 120;

    /// <summary>The text without line ends and other control characters, and not longer than a reader wants.</summary>
    public static string Of(string text)
    {
        var shown = text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength - 1), "…") : text;
        return string.Create(shown.Length, shown, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++) line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }
}
