using System.Globalization;
using System.Text;

namespace TrtBindings.Build;

/// <summary>Writes characters of a path as %XX where a reader on its way would take them for something else.</summary>
internal static class Escaping
{
    /// <summary>What MSBuild takes for a separator, a wildcard, a property or an escape.</summary>
    public static string ForMSBuild(string text) => Escape(text, "%;*?@$()'");

    /// <summary>
    /// What begins a comment in the file of lines that brings item metadata to the compiler. The generator decodes all %XX.
    /// </summary>
    public static string ForCompiler(string text) => Escape(text, "%;#");

    private static string Escape(string text, string special)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
            if (special.IndexOf(c) >= 0) escaped.Append('%').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            else escaped.Append(c);
        return escaped.ToString();
    }
}
