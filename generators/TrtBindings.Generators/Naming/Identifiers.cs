using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace TrtBindings.Generators;

/// <summary>Makes C# identifiers of names that are none.</summary>
internal static class Identifiers
{
    /// <summary>The compiler takes 511 characters; names beyond this are unreadable long before.</summary>
    private const int MaxLength = 100;

    /// <summary>
    /// The parts of a name in Pascal case: <c>gpu_0/data_0</c> gives <c>Gpu0Data0</c>. May begin with a digit or be empty.
    /// Where two digits would meet, an underscore stays between them.
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

        // Composed, so that two spellings of one letter clash here and not in the reader's eye.
        return result.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>
    /// As <see cref="Pascal(string)"/>, with <paramref name="prefix"/> in front of a digit, and
    /// <paramref name="fallback"/> where nothing is left.
    /// </summary>
    public static string Pascal(string name, string prefix, string fallback)
    {
        var text = Pascal(name);
        if (text.Length == 0) return fallback;
        return SyntaxFacts.IsIdentifierStartCharacter(text[0]) ? text : prefix + text;
    }

    /// <summary>
    /// The same with its leading capitals lowered: <c>Images</c> gives <c>images</c>, <c>XValue</c> <c>xValue</c>.
    /// </summary>
    public static string Camel(string pascal)
    {
        var upper = 0;
        while (upper < pascal.Length && char.IsUpper(pascal[upper])) upper++;
        if (upper == 0) return pascal;
        var lowered = upper == 1 || upper == pascal.Length || !char.IsLetter(pascal[upper]) ? upper : upper - 1;
        return pascal.Substring(0, lowered).ToLowerInvariant() + pascal.Substring(lowered);
    }

    /// <summary>With <c>@</c> in front where it is a keyword.</summary>
    public static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None
        && SyntaxFacts.GetContextualKeywordKind(identifier) == SyntaxKind.None
            ? identifier
            : "@" + identifier;

    /// <summary>
    /// A namespace with the parts of <paramref name="text"/>; what cannot stand in an identifier becomes an underscore.
    /// </summary>
    public static string Namespace(string text)
    {
        var parts = text.Split('.').Select(NamespacePart).Where(p => p.Length > 0);
        return string.Join(".", parts);
    }

    /// <summary>Whether a text can name a class as it stands: an identifier that is no keyword.</summary>
    public static bool IsClassName(string text) =>
        SyntaxFacts.IsValidIdentifier(text) && string.Equals(Escape(text), text, StringComparison.Ordinal);

    /// <summary>Whether a text is a namespace as it stands.</summary>
    public static bool IsNamespace(string text) => text.Split('.').All(IsClassName);

    private static string NamespacePart(string part)
    {
        var trimmed = part.Trim();
        if (trimmed.Length == 0) return "";
        var result = new StringBuilder();
        if (!SyntaxFacts.IsIdentifierStartCharacter(trimmed[0]) && SyntaxFacts.IsIdentifierPartCharacter(trimmed[0]))
            result.Append('_');
        foreach (var c in trimmed) result.Append(SyntaxFacts.IsIdentifierPartCharacter(c) ? c : '_');
        return Escape(result.ToString());
    }

    /// <summary>Underscores separate words; format characters are part of an identifier that nobody sees.</summary>
    private static bool IsPart(char c) =>
        c != '_' && SyntaxFacts.IsIdentifierPartCharacter(c)
        && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.ConnectorPunctuation);
}
