using System.Text;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Emit;

/// <summary>
/// Writes indented lines that end in LF on every system, none longer than <see cref="Width"/> if it can be broken.
/// </summary>
internal sealed class CodeWriter
{
    private const int Width = 130;
    private const int IndentWidth = 4;
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isAfterOpening = true;

    /// <summary>Writes one line as it is.</summary>
    public void Line(string text)
    {
        _text.Append(' ', _depth * IndentWidth).Append(text).Append('\n');
        _isAfterOpening = false;
    }

    /// <summary>Writes an empty line, except directly after an opening brace.</summary>
    public void Gap()
    {
        if (_isAfterOpening) return;
        _text.Append('\n');
        _isAfterOpening = true;
    }

    /// <summary>Writes a documentation comment; <see cref="DocText"/> makes its parts. Breaks it between words.</summary>
    public void Doc(string xml) => Fill("/// ", Words(xml), "/// ");

    /// <summary>Writes items with commas between them. Breaks and indents between items where the line gets too long.</summary>
    public void List(string prefix, IEnumerable<string> items, string suffix)
    {
        var pieces = items.ToArray();
        for (var i = 0; i < pieces.Length; i++) pieces[i] += i + 1 < pieces.Length ? "," : suffix;
        if (pieces.Length == 0) Line(prefix + suffix);
        else Fill(prefix, pieces, new string(' ', IndentWidth));
    }

    /// <summary>Writes a method whose body is one call, on one line if it fits.</summary>
    public void Method(string prefix, IReadOnlyCollection<string> parameters, string call, IReadOnlyCollection<string> arguments)
    {
        var whole = $"{prefix}({string.Join(", ", parameters)}) => {call}({string.Join(", ", arguments)});";
        if (Fits(whole))
        {
            Line(whole);
            return;
        }

        List(prefix + "(", parameters, ") =>");
        using (Indented()) List(call + "(", arguments, ");");
    }

    /// <summary>Writes a header and, until the result is disposed, braces around what is written.</summary>
    public Scope Braces(string header, string closing = "}")
    {
        Line(header);
        return OpenBrace(closing);
    }

    /// <summary>Writes braces around what is written until the result is disposed.</summary>
    public Scope OpenBrace(string closing = "}")
    {
        Line("{");
        _depth++;
        _isAfterOpening = true;
        return new(this, closing);
    }

    /// <summary>Indents by one step until the result is disposed.</summary>
    public Scope Indented()
    {
        _depth++;
        return new(this, null);
    }

    public override string ToString() => _text.ToString();

    private bool Fits(string line) => (_depth * IndentWidth) + line.Length <= Width;

    private void Fill(string prefix, IEnumerable<string> pieces, string continuation)
    {
        var line = prefix;
        foreach (var piece in pieces)
        {
            var isFirst = ReferenceEquals(line, prefix);
            var next = isFirst ? line + piece : line + " " + piece;
            if (!Fits(next) && line.Trim().Length > continuation.Trim().Length)
            {
                Line(line.TrimEnd());
                next = continuation + piece;
            }

            line = next;
        }

        Line(line.TrimEnd());
    }

    /// <summary>Splits at the spaces that are not inside a tag.</summary>
    private static IEnumerable<string> Words(string xml)
    {
        var (start, isInTag) = (0, false);
        for (var i = 0; i < xml.Length; i++)
        {
            if (xml[i] is '<' or '>') isInTag = xml[i] == '<';
            if (xml[i] != ' ' || isInTag) continue;
            yield return xml.Substring(start, i - start);
            start = i + 1;
        }

        yield return xml.Substring(start);
    }

    /// <summary>Ends a block.</summary>
    internal readonly struct Scope(CodeWriter writer, string? closing) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            if (closing is not null) writer.Line(closing);
        }
    }
}
