namespace TrtBindings.TensorRT.Cache;

/// <summary>Makes text from files and options fit for one line of a log.</summary>
internal static class OneLine
{
    private const int MaxLength = 120;

    /// <summary>The text without line breaks and other control characters, at most 120 characters long.</summary>
    public static string Of(string text)
    {
        var shown = text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength - 1), "…") : text;
        return string.Create(shown.Length, shown, static (line, source) =>
        {
            for (var i = 0; i < line.Length; i++) line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        });
    }
}
