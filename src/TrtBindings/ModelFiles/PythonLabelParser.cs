using System.Globalization;
using System.Text;

namespace TrtBindings.ModelFiles;

/// <summary>
/// Reads the metadata entry <c>names</c> of Ultralytics: the text that Python prints for a dict of int to str or a list of
/// str, such as <c>{0: 'person', 1: "driver's seat"}</c>. It is not JSON, but JSON objects and lists of strings are read too.
/// Names that are numbers or words of Python (data sets with the digits 0 to 9, <c>None</c>) stand there without quotes.
/// </summary>
internal static class PythonLabelParser
{
    private const int MaxLabels = 1 << 20;

    /// <summary>Reads the whole text. Returns false for any other text, or if the indices are not exactly 0 to n-1.</summary>
    public static bool TryParse(string text, out string[] labels)
    {
        labels = [];
        var at = 0;
        SkipSpace(text, ref at);
        if (at >= text.Length) return false;
        var isDict = text[at] == '{';
        if (!isDict && text[at] != '[') return false;
        var close = isDict ? '}' : ']';
        at++;

        var found = new SortedDictionary<int, string>();
        while (true)
        {
            SkipSpace(text, ref at);
            if (at < text.Length && text[at] == close) break;
            var index = found.Count;
            if (isDict && !TryKey(text, ref at, out index)) return false;
            if (!TryName(text, ref at, out var label) || index < 0 || index >= MaxLabels || found.ContainsKey(index))
                return false;
            found.Add(index, label);
            SkipSpace(text, ref at);
            if (at < text.Length && text[at] == ',') at++;
            else if (at >= text.Length || text[at] != close) return false;
        }

        at++;
        SkipSpace(text, ref at);
        if (at != text.Length) return false;
        var result = new string[found.Count];
        foreach (var pair in found)
        {
            if (pair.Key >= result.Length) return false;
            result[pair.Key] = pair.Value;
        }

        labels = result;
        return true;
    }

    private static bool TryKey(string text, ref int at, out int index)
    {
        index = -1;
        string digits;
        if (at < text.Length && text[at] is '\'' or '"')
        {
            if (!TryText(text, ref at, out digits)) return false;
        }
        else
        {
            var start = at;
            while (at < text.Length && text[at] is >= '0' and <= '9') at++;
            digits = text.Substring(start, at - start);
        }

        SkipSpace(text, ref at);
        if (at >= text.Length || text[at] != ':') return false;
        at++;
        SkipSpace(text, ref at);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    /// <summary>A name in quotes, or a number or word without.</summary>
    private static bool TryName(string text, ref int at, out string value)
    {
        if (at < text.Length && text[at] is '\'' or '"') return TryText(text, ref at, out value);
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.' or '-' or '+')) at++;
        value = text.Substring(start, at - start);
        return value.Length > 0;
    }

    private static bool TryText(string text, ref int at, out string value)
    {
        value = "";
        if (at >= text.Length || text[at] is not ('\'' or '"')) return false;
        var quote = text[at++];
        var result = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] != '\\') result.Append(text[at++]);
            else if (!TryEscape(text, ref at, result)) return false;
        }

        if (at >= text.Length) return false;
        at++;
        value = result.ToString();
        return true;
    }

    private static bool TryEscape(string text, ref int at, StringBuilder result)
    {
        if (at + 1 >= text.Length) return false;
        var kind = text[at + 1];
        at += 2;
        var digits = kind switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            if (kind is >= '0' and <= '7') return AddOctal(text, ref at, result);
            var index = "abfnrtv\\'\"/".IndexOf(kind);
            if (index >= 0) result.Append("\a\b\f\n\r\t\v\\'\"/"[index]);
            return index >= 0;
        }

        if (at + digits > text.Length
            || !int.TryParse(
                text.Substring(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return false;
        at += digits;
        if (code is < 0 or > 0x10FFFF) return false;
        if (code > 0xFFFF) result.Append(char.ConvertFromUtf32(code));
        else result.Append((char)code);
        return true;
    }

    /// <summary>Up to three octal digits, the first of which has been read.</summary>
    private static bool AddOctal(string text, ref int at, StringBuilder result)
    {
        var code = text[at - 1] - '0';
        for (var digits = 1; digits < 3 && at < text.Length && text[at] is >= '0' and <= '7'; digits++)
            code = (8 * code) + (text[at++] - '0');
        result.Append((char)code);
        return true;
    }

    private static void SkipSpace(string text, ref int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }
}
