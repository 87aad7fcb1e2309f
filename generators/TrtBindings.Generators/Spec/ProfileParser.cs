using TrtBindings.Generators.Input;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Spec;

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
        // Two numbers would be ambiguous.
        if (!reader.TryTakeDots()) throw reader.Expected("'..' and a third number (min..opt..max)");
        return new(name, minimum, optimum, reader.Number());
    }
}

/// <summary>A range of a profile as it is written.</summary>
/// <param name="Name">The dimension.</param>
/// <param name="Minimum">The smallest size.</param>
/// <param name="Optimum">The size to optimize for.</param>
/// <param name="Maximum">The largest size.</param>
internal sealed record ProfileEntry(string Name, long Minimum, long Optimum, long Maximum)
{
    /// <summary>The range as text: <c>1..4..16</c>, or <c>32</c>.</summary>
    public string Range => Minimum == Optimum && Optimum == Maximum
        ? Literals.Number(Minimum)
        : $"{Literals.Number(Minimum)}..{Literals.Number(Optimum)}..{Literals.Number(Maximum)}";
}
