namespace TrtBindings.Generators;

/// <summary>The dimensions of a tensor as type arguments, the same for the same sizes in every model and project.</summary>
internal static class ShapeTypes
{
    private const string Space = "global::TrtBindings.Shapes.";

    /// <summary>The largest rank that the runtime has types for.</summary>
    private const int MaxRank = 8;

    /// <summary>The most digits that a size as a type has.</summary>
    private const int MaxDigits = 10;

    /// <summary>
    /// For example <c>Dynamic, N&lt;_3&gt;</c>; <see langword="null"/> for a scalar, an unranked shape, and one that is
    /// beyond what the runtime has types for.
    /// </summary>
    public static string? Arguments(SymbolicShape shape)
    {
        if (shape.Rank is < 1 or > MaxRank) return null;
        var arguments = new string[shape.Rank];
        for (var axis = 0; axis < arguments.Length; axis++)
        {
            var dimension = shape.Dimensions[axis];
            if (!dimension.IsFixed)
            {
                arguments[axis] = Space + "Dynamic";
                continue;
            }

            var digits = Literals.Number(dimension.Value);
            if (digits.Length > MaxDigits) return null;
            arguments[axis] = $"{Space}N<{string.Join(", ", digits.Select(d => Space + "_" + d))}>";
        }

        return string.Join(", ", arguments);
    }
}
