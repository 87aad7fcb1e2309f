using System.Globalization;
using System.Text;

namespace TrtBindings.Generators.Text;

/// <summary>Makes C# identifiers from arbitrary names.</summary>
internal static class Identifiers
{
    /// <summary>The compiler accepts 511 characters, but such a name is unreadable.</summary>
    private const int MaxLength = 100;

    /// <summary>
    /// The parts of a name in Pascal case: <c>gpu_0/data_0</c> gives <c>Gpu0Data0</c>. May begin with a digit or be empty.
    /// An underscore stays between two digits.
    /// </summary>
    public static string Pascal(string name)
    {
        var result = new StringBuilder();
        var isStart = true;
        foreach (var c in name)
        {
            if (result.Length >= MaxLength) break;
            if (!IsPart(c))
            {
                isStart = true;
                continue;
            }

            if (isStart && result.Length > 0 && char.IsDigit(result[result.Length - 1]) && char.IsDigit(c))
                result.Append('_');
            result.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = false;
        }

        // Composed form: two encodings of the same letter must clash here, because a reader cannot tell them apart.
        return result.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>
    /// Like <see cref="Pascal(string)"/>, with <paramref name="prefix"/> before a digit, and <paramref name="fallback"/> if
    /// nothing is left.
    /// </summary>
    public static string Pascal(string name, string prefix, string fallback)
    {
        var text = Pascal(name);
        if (text.Length == 0) return fallback;
        return CSharpWords.IsStart(text[0]) ? text : prefix + text;
    }

    /// <summary>
    /// Lowers the leading capitals: <c>Images</c> gives <c>images</c>, <c>XValue</c> gives <c>xValue</c>.
    /// </summary>
    public static string Camel(string pascal)
    {
        var upper = 0;
        while (upper < pascal.Length && char.IsUpper(pascal[upper])) upper++;
        if (upper == 0) return pascal;
        var lowered = upper == 1 || upper == pascal.Length || !char.IsLetter(pascal[upper]) ? upper : upper - 1;
        return pascal.Substring(0, lowered).ToLowerInvariant() + pascal.Substring(lowered);
    }

    /// <summary>Adds <c>@</c> if the identifier is a keyword.</summary>
    public static string Escape(string identifier) =>
        CSharpWords.IsKeyword(identifier) ? "@" + identifier : identifier;

    /// <summary>
    /// Makes a namespace of <paramref name="text"/>; characters that are not allowed become underscores.
    /// </summary>
    public static string Namespace(string text)
    {
        var parts = text.Split('.').Select(NamespacePart).Where(p => p.Length > 0);
        return string.Join(".", parts);
    }

    /// <summary>True if a text is a class name: an identifier that is not a keyword.</summary>
    public static bool IsClassName(string text) =>
        CSharpWords.IsIdentifier(text) && string.Equals(Escape(text), text, StringComparison.Ordinal);

    /// <summary>True if a text is a namespace.</summary>
    public static bool IsNamespace(string text) => text.Split('.').All(IsClassName);

    private static string NamespacePart(string part)
    {
        var trimmed = part.Trim();
        if (trimmed.Length == 0) return "";
        var result = new StringBuilder();
        if (!CSharpWords.IsStart(trimmed[0]) && CSharpWords.IsPart(trimmed[0]))
            result.Append('_');
        foreach (var c in trimmed) result.Append(CSharpWords.IsPart(c) ? c : '_');
        return Escape(result.ToString());
    }

    /// <summary>Not underscores, which separate words, and not format characters, which are invisible.</summary>
    private static bool IsPart(char c) =>
        c != '_' && CSharpWords.IsPart(c)
        && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.ConnectorPunctuation);
}
