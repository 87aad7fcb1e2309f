using System.Text;

namespace TrtBindings.Generators.Input;

/// <summary>
/// Reads lists in item metadata: names and values separated by <c>=</c>, <c>,</c> and <c>|</c>. A name that contains one of
/// these, or begins or ends with a blank, is put in single quotes; a quote inside is doubled.
/// </summary>
internal sealed class ItemTextReader(string text)
{
    private const char Quote = '\'';
    private int _position;

    public bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return _position >= text.Length;
        }
    }

    /// <summary>Takes a character if it comes next.</summary>
    public bool TryTake(char c)
    {
        if (IsAtEnd || text[_position] != c) return false;
        _position++;
        return true;
    }

    public void Take(char c)
    {
        if (!TryTake(c)) throw Expected($"'{c}'");
    }

    /// <summary>Reads a name, quoted or up to the next separator.</summary>
    public string Name(string what)
    {
        if (IsAtEnd) throw Expected(what);
        if (text[_position] == Quote) return QuotedName();
        var start = _position;
        while (_position < text.Length && text[_position] is not ('=' or ',' or '|' or Quote)) _position++;
        var name = text.Substring(start, _position - start).TrimEnd();
        if (name.Length > 0) return name;
        _position = start;
        throw Expected(what);
    }

    /// <summary>Reads ASCII digits.</summary>
    public long Number()
    {
        SkipBlanks();
        var (start, value) = (_position, 0L);
        for (; _position < text.Length && text[_position] is >= '0' and <= '9'; _position++)
        {
            value = (value * 10) + (text[_position] - '0');
            if (value <= int.MaxValue) continue;
            _position = start;
            throw Expected("a number of at most 2147483647");
        }

        return _position > start ? value : throw Expected("a number");
    }

    /// <summary>Takes two dots if they come next.</summary>
    public bool TryTakeDots()
    {
        if (IsAtEnd || string.CompareOrdinal(text, _position, "..", 0, 2) != 0) return false;
        _position += 2;
        return true;
    }

    public ItemTextException Expected(string what) => new(_position, what);

    private string QuotedName()
    {
        var (start, name) = (_position++, new StringBuilder());
        while (_position < text.Length)
        {
            var c = text[_position++];
            if (c != Quote) name.Append(c);
            else if (_position < text.Length && text[_position] == Quote) name.Append(text[_position++]);
            else return name.ToString();
        }

        _position = start;
        throw Expected("a name with a closing quote");
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position])) _position++;
    }
}

/// <summary>An item's text does not follow its grammar.</summary>
/// <param name="position">Index of the fault.</param>
/// <param name="expected">What is expected there.</param>
internal sealed class ItemTextException(int position, string expected) : Exception(expected)
{
    public int Position { get; } = position;
}
