using System.Globalization;
using System.Text;
using SkiaSharp;

namespace TrtBindings.Vision;

/// <summary>
/// Text of one size: in a typeface of the caller's, or in the built-in one, which is drawn as lines with a round pen.
/// </summary>
internal sealed class LabelFont : IDisposable
{
    private const float LetterGap = 3;

    private static readonly Dictionary<char, Glyph> Glyphs = Read();

    /// <summary>Stands for a character that the built-in typeface does not have.</summary>
    private static readonly Glyph Missing = Parse("8; L 0 0 8 0 8 14 0 14 0 0");

    private readonly SKFont? _font;
    private readonly SKPaint _paint = new() { IsAntialias = true };

    /// <summary>A font.</summary>
    /// <param name="typeface">The caller's, or <see langword="null"/> for the built-in one.</param>
    /// <param name="height">Height of a capital letter in pixels.</param>
    public LabelFont(SKTypeface? typeface, float height)
    {
        Height = height;
        if (typeface is null)
        {
            Descent = height * LabelGlyphs.Descent / LabelGlyphs.CapHeight;
            _paint.Style = SKPaintStyle.Stroke;
            _paint.StrokeCap = SKStrokeCap.Round;
            _paint.StrokeJoin = SKStrokeJoin.Round;
            return;
        }

        _font = new(typeface, height) { Edging = SKFontEdging.Antialias, Subpixel = true };
        // A typeface's size is not the height of its capitals; not every typeface says what that is.
        var capital = _font.Metrics.CapHeight > 0 ? _font.Metrics.CapHeight : 0.7f * height;
        _font.Size *= height / capital;
        Descent = _font.Metrics.Descent;
    }

    private sealed record Glyph(float Width, SKPath Path);

    /// <summary>Height of a capital letter in pixels.</summary>
    public float Height { get; }

    /// <summary>Pixels that letters such as g reach below the baseline.</summary>
    public float Descent { get; }

    private float Scale => Height / LabelGlyphs.CapHeight;

    /// <summary>Width of a text in pixels.</summary>
    public float WidthOf(string text)
    {
        if (_font is not null) return _font.MeasureText(text);
        var width = 0f;
        foreach (var character in Plain(text)) width += GlyphOf(character).Width + LetterGap;
        return Math.Max(0, width - LetterGap) * Scale;
    }

    /// <summary>Draws a text with the top left corner of its first capital at a point.</summary>
    public void Draw(SKCanvas canvas, string text, float left, float top, SKColor color)
    {
        _paint.Color = color;
        if (_font is not null)
        {
            canvas.DrawText(text, left, top + Height, SKTextAlign.Left, _font, _paint);
            return;
        }

        // The pen is 1/7 of a capital wide, but at least a pixel.
        _paint.StrokeWidth = Math.Max(1.1f, Height * 0.14f) / Scale;
        var state = canvas.Save();
        canvas.Translate(left, top);
        canvas.Scale(Scale);
        foreach (var character in Plain(text))
        {
            var glyph = GlyphOf(character);
            canvas.DrawPath(glyph.Path, _paint);
            canvas.Translate(glyph.Width + LetterGap, 0);
        }

        canvas.RestoreToCount(state);
    }

    public void Dispose()
    {
        _font?.Dispose();
        _paint.Dispose();
    }

    /// <summary>Letters without their accents.</summary>
    private static string Plain(string text)
    {
        if (Ascii.IsValid(text)) return text;
        return string.Concat(text.Normalize(NormalizationForm.FormD)
            .Where(character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark));
    }

    private static Glyph GlyphOf(char character) => Glyphs.GetValueOrDefault(character, Missing);

    private static Dictionary<char, Glyph> Read()
    {
        var glyphs = new Dictionary<char, Glyph> { [' '] = new(4, new SKPath()) };
        const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var line in LabelGlyphs.Lines.Split('\n', Trimmed)) glyphs.Add(line[0], Parse(line[1..]));
        return glyphs;
    }

    private static Glyph Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        using var path = new SKPathBuilder();
        foreach (var part in parts[1..])
        {
            var n = Array.ConvertAll(
                part[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries),
                number => float.Parse(number, CultureInfo.InvariantCulture));
            if (part[0] == 'A')
            {
                var oval = new SKRect(n[0] - n[2], n[1] - n[3], n[0] + n[2], n[1] + n[3]);
                path.AddArc(oval, n[4], n[5] - n[4]);
                continue;
            }

            path.MoveTo(n[0], n[1]);
            for (var i = 2; i < n.Length; i += 2) path.LineTo(n[i], n[i + 1]);
        }

        return new(float.Parse(parts[0], CultureInfo.InvariantCulture), path.Detach());
    }
}
