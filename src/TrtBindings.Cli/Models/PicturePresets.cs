using TrtBindings.Conversion;
using TrtBindings.Vision;

namespace TrtBindings.Cli.Models;

/// <summary>The words of <c>--prepare</c>.</summary>
internal static class PicturePresets
{
    /// <summary>All words.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Preparation.All.Select(one => one.Word).Distinct()];

    /// <summary>The words for a family.</summary>
    public static IReadOnlyCollection<string> NamesFor(ModelFamily family) =>
        [.. Preparation.For(family).Select(one => one.Word)];

    /// <summary>Sets the preparation that a word names.</summary>
    /// <exception cref="UsageException">The family has no such preparation.</exception>
    public static void Apply(string name, ModelFamily family, VisionEngineOptions options)
    {
        if (Preparation.Find(family, name) is { } found) found.Set(options);
        else if (NamesFor(family).Count == 0)
            throw new UsageException($"--prepare is for classification and segmentation; {family.Name} says itself how.");
        else throw new UsageException($"--prepare is '{name}', and {family.Name} has {string.Join(", ", NamesFor(family))}.");
    }
}
