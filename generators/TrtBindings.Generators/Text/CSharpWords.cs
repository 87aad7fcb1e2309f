using System.Globalization;

namespace TrtBindings.Generators.Text;

/// <summary>
/// Keywords and identifiers of C#, as the compiler has them. Not asked of the compiler, because the build task writes the same
/// classes without one, and because the text of a class should not depend on the release that compiles it.
/// </summary>
internal static class CSharpWords
{
    /// <summary>Reserved and contextual keywords, up to C# 14.</summary>
    private static readonly HashSet<string> Keywords = new(
        """
        abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum
        event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long
        namespace new null object operator out override params private protected public readonly ref return sbyte sealed short
        sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual
        void volatile while __arglist __makeref __reftype __refvalue
        _ add alias allows and ascending assembly async await by descending equals extension field file from get global group init
        into join let managed method module nameof not on or orderby param partial property record remove required scoped select
        set type typevar unmanaged var when where with yield
        """.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    public static bool IsKeyword(string text) => Keywords.Contains(text);

    /// <summary>True if the characters of a text make an identifier; a keyword is one too.</summary>
    public static bool IsIdentifier(string text) => text.Length > 0 && IsStart(text[0]) && text.All(IsPart);

    /// <summary>True if an identifier can begin with a character.</summary>
    public static bool IsStart(char c) => c == '_' || CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    /// <summary>True if an identifier can have a character in it.</summary>
    public static bool IsPart(char c) => IsStart(c) || CharUnicodeInfo.GetUnicodeCategory(c) is
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;
}
