namespace TrtBindings.Generators;

/// <summary>
/// Reads <c>TrtProfile</c>: profiles between <c>|</c>, ranges between <c>,</c>, each <c>name=size</c> or
/// <c>name=min..opt..max</c>.
/// </summary>
internal static class ProfileParser
{
    /// <exception cref="ItemTextException">The text does not follow the grammar to its last character.</exception>
    public static IReadOnlyList<IReadOnlyList<ProfileEntry>> Parse(string text)
    {
        var reader = new ItemTextReader(text);
        var profiles = new List<IReadOnlyList<ProfileEntry>>();
        do profiles.Add(Profile(reader));
        while (reader.TryTake('|'));
        return reader.IsAtEnd ? profiles : throw reader.Expected("',', '|' or the end");
    }

    private static List<ProfileEntry> Profile(ItemTextReader reader)
    {
        var entries = new List<ProfileEntry>();
        do entries.Add(Entry(reader));
        while (reader.TryTake(','));
        return entries;
    }

    private static ProfileEntry Entry(ItemTextReader reader)
    {
        var name = reader.Name("the name of a dimension");
        reader.Take('=');
        var minimum = reader.Number();
        if (!reader.TryTakeDots()) return new(name, minimum, minimum, minimum);
        var optimum = reader.Number();
        // Two numbers could mean two things: say all three.
        if (!reader.TryTakeDots()) throw reader.Expected("'..' and a third number (min..opt..max)");
        return new(name, minimum, optimum, reader.Number());
    }
}
