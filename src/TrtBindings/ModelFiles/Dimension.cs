using System.Globalization;

namespace TrtBindings;

/// <summary>
/// One dimension as declared. Record equality compares declarations; whether two dimensions must have the same size
/// is another question: <see cref="MustEqual"/>.
/// </summary>
/// <param name="Kind">What is declared.</param>
/// <param name="Value">The number, for <see cref="DimensionKind.Fixed"/>; else -1.</param>
/// <param name="Name">The text of <c>dim_param</c>: a name, or for an unknown dimension what stood there
/// (<c>""</c>, <c>"?"</c>) or <see langword="null"/> if nothing did.</param>
public readonly record struct Dimension(DimensionKind Kind, long Value, string? Name)
{
    /// <summary>A dimension of a declared size; a negative size is unknown.</summary>
    public static Dimension Fixed(long value) =>
        value < 0 ? new(DimensionKind.Unknown, -1, null) : new(DimensionKind.Fixed, value, null);

    /// <summary>A dimension with a <c>dim_param</c>; <c>?</c> and the empty text are unknown.</summary>
    public static Dimension FromParameter(string? name) =>
        string.IsNullOrWhiteSpace(name) || name == "?"
            ? new(DimensionKind.Unknown, -1, name)
            : new(DimensionKind.Named, -1, name);

    /// <summary>A dimension of which the file says nothing.</summary>
    public static Dimension Unknown { get; } = new(DimensionKind.Unknown, -1, null);

    /// <summary>Whether the size is in the file.</summary>
    public bool IsFixed => Kind == DimensionKind.Fixed;

    /// <summary>
    /// Whether this and <paramref name="other"/> are declared to have one size: equal numbers or equal names.
    /// An unknown dimension never is, not even against itself.
    /// </summary>
    public bool MustEqual(Dimension other) => Kind == other.Kind && Kind switch
    {
        DimensionKind.Fixed => Value == other.Value,
        DimensionKind.Named => string.Equals(Name, other.Name, StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>The number, the name, or <c>?</c>.</summary>
    public override string ToString() => Kind switch
    {
        DimensionKind.Fixed => Value.ToString(CultureInfo.InvariantCulture),
        DimensionKind.Named => Name!,
        _ => "?",
    };
}
