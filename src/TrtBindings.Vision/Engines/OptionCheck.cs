namespace TrtBindings.Vision.Engines;

/// <summary>Checks of options and arguments.</summary>
internal static class OptionCheck
{
    /// <summary>Checks an argument and its options, and copies the options.</summary>
    /// <exception cref="ArgumentNullException">No model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public static TOptions Copy<TOptions>(IRunnableModel model, TOptions? options)
        where TOptions : EngineOptions, new()
    {
        ArgumentNullException.ThrowIfNull(model);
        options = options is null ? new() : options with { };
        options.Validate();
        return options;
    }

    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1.</exception>
    public static void Share(float value, string name)
    {
        // The comparison is written so that NaN fails.
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
        if (Enum.IsDefined(value)) return;
        throw new ArgumentOutOfRangeException(name, value, $"{name} must be one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    /// <summary>Checks that there is one object for the result of each image.</summary>
    /// <exception cref="ArgumentException">Too few or too many, or one of them twice.</exception>
    /// <exception cref="ArgumentNullException">One is <see langword="null"/>.</exception>
    public static void OneForEach<T>(int images, ReadOnlySpan<T> results, string name)
        where T : class
    {
        if (results.Length != images)
            throw new ArgumentException($"There are {images} images and {results.Length} {name}; pass one for each image.", name);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is null) throw new ArgumentNullException($"{name}[{i}]");
            for (var k = 0; k < i; k++)
            {
                // Array.Fill with one object is an easy mistake, and images would share their results.
                if (ReferenceEquals(results[i], results[k]))
                    throw new ArgumentException($"{name}[{k}] and {name}[{i}] are one object; pass one for each image.", name);
            }
        }
    }
}
