using System.Globalization;
using System.Text;

namespace TrtBindings.Generators.Input;

/// <summary>
/// A model's signature as text, to be checked in beside the model: one line for each input, output and label. The build task
/// writes it and the generator compares it.
/// </summary>
internal static class SignatureText
{
    /// <summary>The extension after the model's file name.</summary>
    public const string Extension = ".signature.txt";

    private const string Header =
        "# Signature of this model. 'dotnet build -t:TrtWriteSignatures' writes it, and every build compares.";

    /// <summary>The text of the file; lines end in LF.</summary>
    public static string Of(ModelDescription model) =>
        Header + "\n" + string.Concat(Lines(model).Select(l => l + "\n"));

    /// <summary>The first difference between file and model, for a message; <see langword="null"/> if there is none.</summary>
    public static string? FirstDifference(string text, ModelDescription model)
    {
        var was = text.Split('\n').Select(l => l.TrimEnd('\r', ' ', '\t'))
            .Where(l => l.Length > 0 && l[0] != '#').ToArray();
        var now = Lines(model).ToArray();
        for (var i = 0; i < Math.Max(was.Length, now.Length); i++)
        {
            if (i >= was.Length) return $"the model has '{now[i]}', which is not in the file";
            if (i >= now.Length) return $"the model has not '{was[i]}'";
            if (!string.Equals(was[i], now[i], StringComparison.Ordinal))
                return $"it was '{was[i]}' and is '{now[i]}'";
        }

        return null;
    }

    private static IEnumerable<string> Lines(ModelDescription model)
    {
        foreach (var input in model.Inputs) yield return "input " + Escape(input.ToString());
        foreach (var input in model.OptionalInputs) yield return "optional " + Escape(input.ToString());
        foreach (var output in model.Outputs) yield return "output " + Escape(output.ToString());
        var labels = ModelLabels.Of(model);
        for (var i = 0; i < labels.Count; i++)
            yield return "label " + i.ToString(CultureInfo.InvariantCulture) + ": " + Escape(labels[i]);
    }

    /// <summary>Escapes characters that a line cannot hold, and a blank at the end, which editors remove.</summary>
    private static string Escape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isPlain = !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\\' or '\u2028' or '\u2029');
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                result.Append(c).Append(text[++i]);
            else if (isPlain && (c != ' ' || i + 1 < text.Length)) result.Append(c);
            else result.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return result.ToString();
    }
}
