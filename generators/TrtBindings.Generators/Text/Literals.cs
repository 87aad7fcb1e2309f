using System.Globalization;
using System.Numerics;
using System.Text;

namespace TrtBindings.Generators.Text;

/// <summary>Writes values as C# text, independent of the culture.</summary>
internal static class Literals
{
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>For people: <c>4,915,200</c>.</summary>
    public static string Grouped(BigInteger value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Text(string value)
    {
        var result = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"': result.Append("\\\""); break;
                case '\\': result.Append("\\\\"); break;
                case '\n': result.Append("\\n"); break;
                case '\r': result.Append("\\r"); break;
                case '\t': result.Append("\\t"); break;
                default:
                    if (IsPlain(c)) result.Append(c);
                    else result.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    break;
            }
        }

        return result.Append('"').ToString();
    }

    /// <summary>Line separators would end the literal, and a lone surrogate cannot be written to a file.</summary>
    private static bool IsPlain(char c) => char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
