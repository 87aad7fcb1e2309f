namespace TrtBindings.ModelFiles.Onnx;

/// <summary>What is known of a value of the graph.</summary>
/// <param name="shape">Its shape; <see langword="null"/> if not even the rank is known.</param>
/// <param name="numbers">Its elements, for a short list of integers or one of them; <see langword="null"/> otherwise.</param>
internal sealed class ValueFacts(Extent[]? shape, Extent[]? numbers = null)
{
    /// <summary>The longest list whose elements are kept.</summary>
    public const int MostNumbers = 64;

    /// <summary>Nothing is known.</summary>
    public static ValueFacts None { get; } = new(null);

    public Extent[]? Shape { get; } = shape;

    public Extent[]? Numbers { get; } = numbers;

    /// <summary>A list of integers, such as a shape.</summary>
    public static ValueFacts List(Extent[] numbers) =>
        new([Extent.Of(numbers.Length)], numbers.Length <= MostNumbers ? numbers : null);

    /// <summary>A constant.</summary>
    public static ValueFacts Constant(long[] shape, long[]? numbers) =>
        new(Extents(shape), numbers is null ? null : Extents(numbers));

    /// <summary>The elements if all of them are known; <see langword="null"/> otherwise.</summary>
    public long[]? KnownNumbers()
    {
        if (Numbers is null) return null;
        var known = new long[Numbers.Length];
        for (var i = 0; i < known.Length; i++)
        {
            if (!Numbers[i].IsKnown) return null;
            known[i] = Numbers[i].Value;
        }

        return known;
    }

    private static Extent[] Extents(long[] values)
    {
        var extents = new Extent[values.Length];
        for (var i = 0; i < values.Length; i++) extents[i] = Extent.Of(values[i]);
        return extents;
    }
}
