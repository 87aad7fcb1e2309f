using System.Globalization;

namespace TrtBindings;

/// <summary>
/// One dimension of a declared shape. Record equality compares the declarations. To compare sizes, use
/// <see cref="MustEqual"/>.
/// </summary>
/// <param name="Kind">The kind of declaration.</param>
/// <param name="Value">The size for <see cref="DimensionKind.Fixed"/>; -1 otherwise.</param>
/// <param name="Name">The text of <c>dim_param</c>. For an unknown dimension this is the text as written, such as <c>"?"</c>, or
/// <see langword="null"/> if the file declares nothing.</param>
public readonly record struct Dimension(DimensionKind Kind, long Value, string? Name)
{
    /// <summary>A dimension of a fixed size. A negative size makes it unknown.</summary>
    public static Dimension Fixed(long value) =>
        value < 0 ? new(DimensionKind.Unknown, -1, null) : new(DimensionKind.Fixed, value, null);

    /// <summary>
    /// A dimension of an output that the file declares as fixed although it varies with a dynamic dimension of the inputs.
    /// </summary>
    public static Dimension Varying(long declared) => Fixed(declared) with { Varies = declared >= 0 };

    /// <summary>
    /// A dimension with a <c>dim_param</c>. Blank text and what frameworks write for "not known" make it unknown: <c>?</c>,
    /// <c>None</c>, <c>-1</c> and tf2onnx's <c>unk__616</c>. They write it for dimensions of different sizes.
    /// </summary>
    public static Dimension FromParameter(string? name) =>
        string.IsNullOrWhiteSpace(name) || IsPlaceholder(name!)
            ? new(DimensionKind.Unknown, -1, name)
            : new(DimensionKind.Named, -1, name);

    /// <summary>A dimension that the file does not declare.</summary>
    public static Dimension Unknown { get; } = new(DimensionKind.Unknown, -1, null);

    /// <summary>A fixed dimension.</summary>
    public static implicit operator Dimension(long value) => Fixed(value);

    /// <summary>A named dimension; <c>?</c> and other placeholders are unknown.</summary>
    public static implicit operator Dimension(string? name) => FromParameter(name);

    /// <summary>True if the file declares the size.</summary>
    public bool IsFixed => Kind == DimensionKind.Fixed;

    /// <summary>
    /// True if the size in the file cannot hold for every input: the graph computes it from a dynamic dimension of the inputs,
    /// and the file declares the size that it was exported at. Generated classes type it as dynamic.
    /// </summary>
    public bool Varies { get; init; }

    /// <summary>
    /// True if this and <paramref name="other"/> are declared to have the same size: equal numbers or equal names. False if
    /// either is unknown, even for the same dimension.
    /// </summary>
    public bool MustEqual(Dimension other) => Kind == other.Kind && Kind switch
    {
        DimensionKind.Fixed => Value == other.Value,
        DimensionKind.Named => string.Equals(Name, other.Name, StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsPlaceholder(string name)
    {
        const string Tf2Onnx = "unk__";
        if (name is "?" or "None" or "none" or "-1") return true;
        if (!name.StartsWith(Tf2Onnx, StringComparison.Ordinal) || name.Length == Tf2Onnx.Length) return false;
        for (var i = Tf2Onnx.Length; i < name.Length; i++)
            if (name[i] is < '0' or > '9') return false;
        return true;
    }

    /// <summary>The number, the name, or <c>?</c>.</summary>
    public override string ToString() => Kind switch
    {
        DimensionKind.Fixed => Value.ToString(CultureInfo.InvariantCulture),
        DimensionKind.Named => Name!,
        _ => "?",
    };
}

/// <summary>The kind of declaration of a dimension in a model file.</summary>
public enum DimensionKind
{
    /// <summary>A fixed size.</summary>
    Fixed,
    /// <summary>A name (<c>dim_param</c>). All dimensions of the model with the same name have the same size.</summary>
    Named,
    /// <summary>
    /// Nothing usable: no value, an empty name, a placeholder such as <c>?</c> or <c>None</c>, or a negative number. The size is
    /// never assumed to equal that of another dimension.
    /// </summary>
    Unknown,
}
