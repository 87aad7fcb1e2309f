namespace TrtBindings.Parity;

/// <summary>Sums over elements of a reference and of what is compared with it.</summary>
internal struct ItemSums
{
    /// <summary>Elements that are finite in the reference.</summary>
    public long Count;

    /// <summary>Largest magnitude of the reference.</summary>
    public double Range;

    /// <summary>Largest difference.</summary>
    public double Largest;

    /// <summary>Its index in the whole output.</summary>
    public long LargestAt;

    /// <summary>Sum of the differences.</summary>
    public double Differences;

    /// <summary>Sum of the squares of the differences.</summary>
    public double Squares;

    /// <summary>Sum of the squares of the reference.</summary>
    public double Reference;

    /// <summary>Sum of the squares of what is compared.</summary>
    public double Actual;

    /// <summary>Sum of the products of both.</summary>
    public double Products;

    /// <summary>Elements of which one side is no finite number, or another one than the other side.</summary>
    public long Broken;

    /// <summary>Index of the first of them.</summary>
    public long BrokenAt;

    public void Add(float expected, float actual, long index)
    {
        if (!float.IsFinite(expected) || !float.IsFinite(actual))
        {
            // A place that has no number in the reference says nothing, and has none in a right engine either.
            if (expected.Equals(actual)) return;
            if (Broken++ == 0) BrokenAt = index;
            return;
        }

        Count++;
        var (reference, value) = ((double)expected, (double)actual);
        var difference = Math.Abs(value - reference);
        Range = Math.Max(Range, Math.Abs(reference));
        if (difference > Largest) (Largest, LargestAt) = (difference, index);
        Differences += difference;
        Squares += difference * difference;
        Reference += reference * reference;
        Actual += value * value;
        Products += reference * value;
    }

    public void Add(in ItemSums other)
    {
        if (other.Largest > Largest) (Largest, LargestAt) = (other.Largest, other.LargestAt);
        if (Broken == 0) BrokenAt = other.BrokenAt;
        Broken += other.Broken;
        Count += other.Count;
        Range = Math.Max(Range, other.Range);
        Differences += other.Differences;
        Squares += other.Squares;
        Reference += other.Reference;
        Actual += other.Actual;
        Products += other.Products;
    }
}
