using Microsoft.CodeAnalysis;
using TrtBindings.Generators.Text;

namespace TrtBindings.Generators.Analyzers;

/// <summary>The sizes that a parameter for a dynamic dimension accepts, read from its attribute.</summary>
/// <param name="Name">ONNX name of the dimension.</param>
/// <param name="Minimum">The smallest size that the model runs with.</param>
/// <param name="Maximum">The largest size that the model runs with.</param>
/// <param name="Profiles">Smallest and largest size in each profile.</param>
internal sealed record DimensionSizes(string Name, long Minimum, long Maximum, (long Minimum, long Maximum)[] Profiles)
{
    /// <summary>Reads a parameter's attribute; <see langword="null"/> if it has none.</summary>
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
            [.. Enumerable.Range(0, sizes.Length / 2).Select(i => (sizes[2 * i], sizes[(2 * i) + 1]))])
        {
            IsFirstAxis = data.NamedArguments.Any(a => a is { Key: "IsFirstAxis", Value.Value: true }),
        };
    }

    /// <summary>True for the first axis of a tensor, which is the batch in most models.</summary>
    public bool IsFirstAxis { get; private init; }

    /// <summary>The sizes that the model accepts, for a message.</summary>
    public string Allowed => Maximum == long.MaxValue
        ? "at least " + Literals.Number(Minimum)
        : $"at most {Literals.Number(Maximum)}, because the model's outputs mix the images of a batch";

    /// <summary>The sizes that the profiles declare, for a message.</summary>
    public string Declared => string.Join(" | ", Profiles.Select(p => Range(p.Minimum, p.Maximum)));

    /// <summary>The nearest size that the model and one of the profiles accept.</summary>
    public long Nearest(long size) => Ranges
        .Select(r => Math.Min(Math.Max(size, r.Minimum), r.Maximum))
        .OrderBy(s => Math.Abs((decimal)s - size)).First();

    private IEnumerable<(long Minimum, long Maximum)> Ranges =>
        Profiles.Where(p => p.Minimum >= Minimum && p.Maximum <= Maximum).DefaultIfEmpty((Minimum, Maximum));

    private static string Range(long minimum, long maximum) => minimum == maximum ? Literals.Number(minimum)
        : maximum == long.MaxValue ? Literals.Number(minimum) + " and more"
        : Literals.Number(minimum) + ".." + Literals.Number(maximum);
}
