using Microsoft.CodeAnalysis;

namespace TrtBindings.Generators;

/// <summary>What the generator has written on a parameter for a dynamic dimension.</summary>
/// <param name="Name">ONNX name of the dimension.</param>
/// <param name="Minimum">The smallest size that the model runs with.</param>
/// <param name="Maximum">The largest size that the model runs with.</param>
/// <param name="Profiles">Least and largest size in each profile.</param>
internal sealed record DimensionSizes(string Name, long Minimum, long Maximum, (long Minimum, long Maximum)[] Profiles)
{
    /// <summary>What stands on a parameter; <see langword="null"/> if it is for something else.</summary>
    public static DimensionSizes? Of(IParameterSymbol parameter, INamedTypeSymbol attribute)
    {
        if (parameter.Type.SpecialType != SpecialType.System_Int64) return null;
        var data = parameter.GetAttributes()
            .FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, attribute));
        if (data?.ConstructorArguments is not { Length: 4 } arguments) return null;
        if (arguments[0].Value is not string name || arguments[1].Value is not long minimum
            || arguments[2].Value is not long maximum || arguments[3].Kind != TypedConstantKind.Array || arguments[3].IsNull)
            return null;
        var sizes = arguments[3].Values.Select(v => v.Value).OfType<long>().ToArray();
        return new(
            name, minimum, maximum,
            [.. Enumerable.Range(0, sizes.Length / 2).Select(i => (sizes[2 * i], sizes[(2 * i) + 1]))]);
    }

    /// <summary>What the model runs with, for a message.</summary>
    public string Allowed => Maximum == long.MaxValue
        ? "at least " + Literals.Number(Minimum)
        : $"{Range(Minimum, Maximum)}, because the model's outputs mix the images of a batch";

    /// <summary>What the profiles declare, for a message.</summary>
    public string Declared => string.Join(" | ", Profiles.Select(p => Range(p.Minimum, p.Maximum)));

    /// <summary>The size nearest to one, among all that the model or some profile takes.</summary>
    public long Nearest(long size) => Ranges
        .Select(r => Math.Min(Math.Max(size, r.Minimum), r.Maximum))
        .OrderBy(s => Math.Abs((decimal)s - size)).First();

    private IEnumerable<(long Minimum, long Maximum)> Ranges =>
        Profiles.Where(p => p.Minimum >= Minimum && p.Maximum <= Maximum).DefaultIfEmpty((Minimum, Maximum));

    private static string Range(long minimum, long maximum) => minimum == maximum ? Literals.Number(minimum)
        : maximum == long.MaxValue ? Literals.Number(minimum) + " and more"
        : Literals.Number(minimum) + ".." + Literals.Number(maximum);
}
