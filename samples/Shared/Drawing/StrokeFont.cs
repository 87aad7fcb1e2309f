namespace TrtBindings.Samples;

/// <summary>A plain sans-serif of our own, drawn with a round pen, so that it looks right at any size.</summary>
internal static class StrokeFont
{
    /// <summary>Units from the top of a capital to the baseline.</summary>
    public const float CapHeight = 14;

    /// <summary>Units below the baseline that letters such as g reach.</summary>
    private const float Descent = 4;
    private const float LetterGap = 3;

    private static readonly Dictionary<char, Glyph> Glyphs = Read();

    /// <summary>For a character that the font does not have.</summary>
    private static readonly Glyph Missing = Glyph.Parse("8; L 0 0 8 0 8 14 0 14 0 0");

    /// <summary>Pixels that the pen is wide for capitals of this many pixels.</summary>
    public static float LineWidth(float capHeight) => Math.Max(1.1f, capHeight * 0.14f);

    /// <summary>Pixels that a text is wide.</summary>
    public static float Width(string text, float capHeight)
    {
        var width = 0f;
        foreach (var character in text) width += GlyphOf(character).Width + LetterGap;
        return Math.Max(0, width - LetterGap) * capHeight / CapHeight;
    }

    /// <summary>Pixels from the top of a capital to the lowest point of a letter.</summary>
    public static float Height(float capHeight) => capHeight * (CapHeight + Descent) / CapHeight;

    /// <summary>A text's lines in pixels from the top left corner of its first capital.</summary>
    public static IEnumerable<Stroke> Layout(string text, float capHeight)
    {
        var scale = capHeight / CapHeight;
        var left = 0f;
        foreach (var character in text)
        {
            var glyph = GlyphOf(character);
            foreach (var stroke in glyph.Strokes) yield return stroke.Transformed(scale, left * scale);
            left += glyph.Width + LetterGap;
        }
    }

    private static Glyph GlyphOf(char character) => Glyphs.GetValueOrDefault(character, Missing);

    private static Dictionary<char, Glyph> Read()
    {
        var glyphs = new Dictionary<char, Glyph> { [' '] = new(4, []) };
        const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var line in GlyphData.Lines.Split('\n', Trimmed))
            glyphs.Add(line[0], Glyph.Parse(line[1..]));
        return glyphs;
    }
}
