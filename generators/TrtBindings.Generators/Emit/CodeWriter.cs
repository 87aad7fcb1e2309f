using System.Text;

namespace TrtBindings.Generators;

/// <summary>Writes indented lines that end in LF on every system.</summary>
internal sealed class CodeWriter
{
    private const int IndentWidth = 4;
    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isAfterOpening = true;

    public void Line(string text)
    {
        _text.Append(' ', _depth * IndentWidth).Append(text).Append('\n');
        _isAfterOpening = false;
    }

    /// <summary>An empty line, unless a block has just been opened.</summary>
    public void Gap()
    {
        if (_isAfterOpening) return;
        _text.Append('\n');
        _isAfterOpening = true;
    }

    /// <summary>A documentation comment; see <see cref="DocText"/> for its parts.</summary>
    public void Doc(string xml) => Line("/// " + xml);

    /// <summary>A header and, until the result is disposed, braces around what is written.</summary>
    public Block Braces(string header, string closing = "}")
    {
        Line(header);
        return OpenBrace(closing);
    }

    /// <summary>Braces around what is written until the result is disposed.</summary>
    public Block Braces() => OpenBrace("}");

    /// <summary>The same with another end.</summary>
    public Block OpenBrace(string closing)
    {
        Line("{");
        _depth++;
        _isAfterOpening = true;
        return new(this, closing);
    }

    /// <summary>One step to the right until the result is disposed.</summary>
    public Block Indented()
    {
        _depth++;
        return new(this, null);
    }

    public override string ToString() => _text.ToString();

    /// <summary>Ends a block.</summary>
    internal readonly struct Block(CodeWriter writer, string? closing) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            if (closing is not null) writer.Line(closing);
        }
    }
}
