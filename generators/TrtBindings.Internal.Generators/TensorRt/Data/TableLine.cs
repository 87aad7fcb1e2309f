using System.Globalization;

namespace TrtBindings.Internal.Generators.TensorRt.Data;

/// <summary>One line of a data file, split into words. Lines that are empty or begin with # are skipped.</summary>
internal sealed class TableLine
{
    private static readonly char[] Spaces = [' ', '\t'];

    private readonly List<TableError> _errors;

    private TableLine(int number, string text, List<TableError> errors)
    {
        (Number, Text, _errors) = (number, text, errors);
        Words = text.Split(Spaces, StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The line's number, counted from 0.</summary>
    public int Number { get; }

    /// <summary>The whole line.</summary>
    public string Text { get; }

    /// <summary>Its words.</summary>
    public string[] Words { get; }

    /// <summary>The lines of a file that say something.</summary>
    public static IEnumerable<TableLine> Of(string file, List<TableError> errors)
    {
        var lines = file.Replace("\r\n", "\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].Trim().Length > 0 && lines[i][0] != '#') yield return new(i, lines[i], errors);
    }

    /// <summary>Reports this line.</summary>
    public void Fail(string message) => _errors.Add(new(Number, $"'{Text.Trim()}': {message}"));

    /// <summary>A number, or −1 for "-"; another word is reported.</summary>
    public int NumberAt(int word)
    {
        var text = word < Words.Length ? Words[word] : "";
        if (text == "-") return -1;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Fail($"'{text}' is not a number or -.");
        return -1;
    }

    /// <summary>The numbers from a word on.</summary>
    public int[] NumbersAfter(int word) => [.. Enumerable.Range(word, Words.Length - word).Select(NumberAt)];

    /// <summary>A release such as 10.7; "-" is the default; another word is reported.</summary>
    public TensorRtRelease ReleaseAt(int word)
    {
        var text = word < Words.Length ? Words[word] : "";
        if (text == "-") return default;
        if (TensorRtRelease.TryParse(text, out var release)) return release;
        Fail($"'{text}' is not a release such as 10.7, or -.");
        return default;
    }
}

/// <summary>A line of a data file that cannot be used.</summary>
internal sealed class TableError(int line, string message)
{
    /// <summary>The line, counted from 0.</summary>
    public int Line => line;

    /// <summary>What is wrong with it.</summary>
    public string Message => message;
}
