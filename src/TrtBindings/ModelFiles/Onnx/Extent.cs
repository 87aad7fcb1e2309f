namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// What is known of a size, or of a number that a graph computes from sizes: its value, that it varies with dynamic dimensions
/// of the inputs, or nothing.
/// </summary>
internal readonly struct Extent
{
    private Extent(bool isKnown, long value, ulong with) => (IsKnown, Value, With) = (isKnown, value, with);

    /// <summary>Nothing is known.</summary>
    public static Extent Unknown => default;

    /// <summary>True if the value is known.</summary>
    public bool IsKnown { get; }

    /// <summary>The value, if it is known.</summary>
    public long Value { get; }

    /// <summary>The dynamic dimensions that it varies with, one bit each; 0 if it does not, or if that is not known.</summary>
    public ulong With { get; }

    /// <summary>True if it differs for different sizes of the inputs.</summary>
    public bool Varies => With != 0;

    public static Extent Of(long value) => new(true, value, 0);

    /// <summary>A size that varies with some dynamic dimensions; unknown for none.</summary>
    public static Extent Varying(ulong with) => new(false, 0, with);

    /// <summary>The number of elements of two axes.</summary>
    public static Extent Product(Extent left, Extent right) =>
        (left.IsKnown && left.Value == 0) || (right.IsKnown && right.Value == 0) ? Of(0)
        : left.IsKnown && right.IsKnown ? Whole(left.Value, right.Value)
        : Varying(left.With | right.With);

    /// <summary>The size of two axes one after the other.</summary>
    public static Extent Sum(Extent left, Extent right) => left.IsKnown && right.IsKnown
        ? Of(unchecked(left.Value + right.Value))
        : Varying(left.With | right.With);

    /// <summary>The size of an axis after broadcasting.</summary>
    public static Extent Broadcast(Extent left, Extent right)
    {
        if (left.IsKnown) return left.Value == 1 ? right : left;
        if (right.IsKnown) return right.Value == 1 ? left : right;
        // One without a known size may be the larger one, and fixed.
        return left.Varies && right.Varies ? Varying(left.With | right.With) : Unknown;
    }

    /// <summary>Arithmetic on numbers; only what varies for certain is said to vary.</summary>
    public static Extent Compute(string operation, Extent left, Extent right)
    {
        if (left.IsKnown && right.IsKnown)
        {
            return operation switch
            {
                "Add" => Of(unchecked(left.Value + right.Value)),
                "Sub" => Of(unchecked(left.Value - right.Value)),
                "Mul" => Of(unchecked(left.Value * right.Value)),
                "Div" when right.Value > 0 => Of(left.Value / right.Value),
                _ => Unknown,
            };
        }

        var isRightNumber = right.IsKnown && right.Value > 0;
        return operation switch
        {
            "Add" when left.Varies || left.IsKnown => right.Varies || right.IsKnown ? Varying(left.With | right.With) : Unknown,
            "Mul" when left.Varies || (left.IsKnown && left.Value > 0) =>
                right.Varies || isRightNumber ? Varying(left.With | right.With) : Unknown,
            "Sub" when left.Varies && right.IsKnown => left,
            "Div" when left.Varies && isRightNumber => left,
            _ => Unknown,
        };
    }

    /// <summary>An axis after a window, such as that of a convolution, has moved over it.</summary>
    public static Extent Windowed(Extent axis) => Varying(axis.With);

    private static Extent Whole(long left, long right) =>
        left > 0 && right > 0 && left <= long.MaxValue / right ? Of(left * right) : Unknown;
}
