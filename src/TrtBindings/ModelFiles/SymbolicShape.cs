namespace TrtBindings;

/// <summary>The declared shape of a tensor: a list of dimensions, or unranked.</summary>
/// <param name="IsRanked">True if the file declares a shape.</param>
/// <param name="Dimensions">The dimensions, outermost first; empty for a scalar and for an unranked shape.</param>
public sealed record SymbolicShape(bool IsRanked, EquatableArray<Dimension> Dimensions)
{
    /// <summary>A shape without a declared rank.</summary>
    public static SymbolicShape Unranked { get; } = new(false, default);

    /// <summary>A shape of these dimensions.</summary>
    public static SymbolicShape Of(params Dimension[] dimensions) => new(true, new(dimensions));

    /// <summary>Number of dimensions; -1 if unranked.</summary>
    public int Rank => IsRanked ? Dimensions.Count : -1;

    /// <summary>True if every dimension has a fixed size.</summary>
    public bool IsFixed
    {
        get
        {
            if (!IsRanked) return false;
            foreach (var dimension in Dimensions)
                if (!dimension.IsFixed) return false;
            return true;
        }
    }

    /// <summary>True if a declared size does not hold for every input; see <see cref="Dimension.Varies"/>.</summary>
    public bool Varies
    {
        get
        {
            foreach (var dimension in Dimensions)
                if (dimension.Varies) return true;
            return false;
        }
    }

    /// <summary>The shape with unknown dimensions in place of those that vary.</summary>
    public SymbolicShape WithoutVarying()
    {
        if (!Varies) return this;
        var dimensions = new Dimension[Dimensions.Count];
        for (var axis = 0; axis < dimensions.Length; axis++)
            dimensions[axis] = Dimensions[axis].Varies ? Dimension.Unknown : Dimensions[axis];
        return Of(dimensions);
    }

    /// <summary>For example <c>[batch, 3, 640, 640]</c>; <c>[…]</c> if unranked.</summary>
    public override string ToString() => IsRanked ? "[" + string.Join(", ", Dimensions) + "]" : "[…]";
}
