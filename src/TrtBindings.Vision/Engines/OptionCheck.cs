namespace TrtBindings.Vision.Engines;

/// <summary>The checks that options have in common.</summary>
internal static class OptionCheck
{
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1.</exception>
    public static void Share(float value, string name)
    {
        // Written so that a value that is not a number fails.
        if (!(value >= 0 && value <= 1))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to 1.");
    }

    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public static void Positive(int? value, string name)
    {
        if (value < 1) throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
    }

    /// <exception cref="ArgumentOutOfRangeException">Not a declared value.</exception>
    public static void Defined<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }
}
