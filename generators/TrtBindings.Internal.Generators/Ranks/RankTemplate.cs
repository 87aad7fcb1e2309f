using System.Globalization;
using System.Text.RegularExpressions;

namespace TrtBindings.Internal.Generators.Ranks;

/// <summary>A template with its first line read: which types it makes, for which ranks.</summary>
/// <param name="Writable">Name of the type, or of the writable one of a pair.</param>
/// <param name="ReadOnly">Name of the read-only one of a pair; null where the template makes a single type.</param>
/// <param name="First">The lowest rank.</param>
/// <param name="Last">The highest rank.</param>
/// <param name="Lines">The template's lines after the first.</param>
internal sealed record RankTemplate(string Writable, string? ReadOnly, int First, int Last, string[] Lines)
{
    private static readonly Regex Header = new(@"^\$make (\w+)(?: (\w+))? for (\d+)\.\.(\d+)$", RegexOptions.CultureInvariant);

    /// <summary>Reads the first line.</summary>
    /// <exception cref="FormatException">The first line is not <c>$make Name [ReadOnlyName] for first..last</c>.</exception>
    public static RankTemplate Parse(string text)
    {
        var lines = text.Replace("\r\n", "\n").TrimEnd('\n').Split('\n');
        var header = Header.Match(lines[0]);
        if (!header.Success)
            throw new FormatException($"Line 1 must read '$make Name [ReadOnlyName] for first..last', but is '{lines[0]}'.");
        var twin = header.Groups[2].Success ? header.Groups[2].Value : null;
        return new(header.Groups[1].Value, twin, Number(header.Groups[3].Value), Number(header.Groups[4].Value), lines);
    }

    /// <summary>The source file of every type and rank.</summary>
    /// <exception cref="FormatException">A placeholder is wrong; the message names the line.</exception>
    public IEnumerable<(string Name, string Source)> Expand()
    {
        for (var rank = First; rank <= Last; rank++)
        {
            yield return ($"{Writable}.{rank}", new RankExpansion(rank, readOnly: false).Of(Lines));
            if (ReadOnly is not null) yield return ($"{ReadOnly}.{rank}", new RankExpansion(rank, readOnly: true).Of(Lines));
        }
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
