namespace TrtBindings.Vision.Engines;

/// <summary>What a caller gives for the results of several images.</summary>
internal static class OwnResults
{
    /// <summary>Refuses what cannot take one result for each image.</summary>
    /// <exception cref="ArgumentException">Not as many as images, or one of them twice.</exception>
    /// <exception cref="ArgumentNullException">One is <see langword="null"/>.</exception>
    public static void Check<T>(int images, ReadOnlySpan<T> results, string name)
        where T : class
    {
        if (results.Length != images)
            throw new ArgumentException($"There are {images} images and {results.Length} {name}; give one for each image.", name);
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i] is null) throw new ArgumentNullException($"{name}[{i}]");
            for (var k = 0; k < i; k++)
            {
                // Array.Fill with one object is an easy mistake, and images would share their results.
                if (ReferenceEquals(results[i], results[k]))
                    throw new ArgumentException($"{name}[{k}] and {name}[{i}] are one object; give one for each image.", name);
            }
        }
    }

    /// <summary>Empties all lists.</summary>
    public static void Clear<T>(ReadOnlySpan<List<T>> lists)
    {
        foreach (var list in lists) list.Clear();
    }
}
