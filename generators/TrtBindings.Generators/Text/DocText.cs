using System.Globalization;
using System.Text;

namespace TrtBindings.Generators.Text;

/// <summary>Escapes a model's texts for documentation comments: one line of valid XML for any text.</summary>
internal static class DocText
{
    private const int NameLength = 120;

    public static string Code(string text) => "<c>" + Escape(text, NameLength) + "</c>";

    public static string Escape(string text, int maxLength)
    {
        var result = new StringBuilder(Math.Min(text.Length, maxLength) + 16);
        var isSpace = true;
        var written = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (written >= maxLength)
            {
                result.Append('…');
                break;
            }

            var c = text[i];
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (!isSpace) result.Append(' ');
                isSpace = true;
                continue;
            }

            isSpace = false;
            written++;
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                result.Append(c).Append(text[++i]);
            else if (c is '<') result.Append("&lt;");
            else if (c is '>') result.Append("&gt;");
            else if (c is '&') result.Append("&amp;");
            else result.Append(IsXml(c) ? c : '\uFFFD');
        }

        return result.ToString().TrimEnd();
    }

    /// <summary>Format characters are replaced: they could hide or reorder the text of the comment.</summary>
    private static bool IsXml(char c) =>
        c < '\uFFFE' && char.GetUnicodeCategory(c) is not (UnicodeCategory.Surrogate or UnicodeCategory.Format);
}
