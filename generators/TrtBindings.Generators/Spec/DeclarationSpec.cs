using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Spec;

/// <summary>An item's declaration, checked against the model.</summary>
/// <param name="IsInternal">True if the class is internal.</param>
/// <param name="Profiles">Optimization profiles.</param>
/// <param name="Precision">A word of <see cref="ItemWords.Precisions"/>; <see langword="null"/> if none is given.</param>
/// <param name="Backend">A word of <see cref="ItemWords.Backends"/>; <see langword="null"/> if none is given.</param>
/// <param name="Task">A word of <see cref="ItemWords.Tasks"/>; empty if none is given.</param>
/// <param name="SourceHash">SHA-256 of what the build converted; empty where it converts nothing.</param>
internal sealed record DeclarationSpec(
    bool IsInternal, EquatableArray<ProfileSpec> Profiles, string? Precision, string? Backend, string Task,
    string SourceHash)
{
    public static DeclarationSpec None { get; } = new(false, default, null, null, "", "");

    /// <summary>True if the compiled signature must carry it.</summary>
    public bool IsForRuntime =>
        Profiles.Count > 0 || Precision is not null || Backend is not null || Task.Length > 0 || SourceHash.Length > 0;

    public static DeclarationSpec Of(ItemMetadata item, ProfileSpec[] profiles) => new(
        ItemWords.Find(ItemWords.Visibilities, item.Visibility) == "internal", new(profiles),
        ItemWords.Find(ItemWords.Precisions, item.Precision), ItemWords.Find(ItemWords.Backends, item.Backend),
        ItemWords.Find(ItemWords.Tasks, item.Task) ?? "", item.SourceHash);

    /// <summary>The ranges of one dimension in all profiles: <c>1..4..16 | 32</c>; empty if there are none.</summary>
    public string RangesOf(int dimension) => string.Join(" | ", Profiles
        .SelectMany(p => p.Ranges.Where(r => r.Dimension == dimension))
        .Select(r => new ProfileEntry(r.Name, r.Minimum, r.Optimum, r.Maximum).Range));
}

/// <summary>One optimization profile.</summary>
/// <param name="Ranges">Its ranges, in the order of the dynamic dimensions.</param>
internal sealed record ProfileSpec(EquatableArray<ProfileRangeSpec> Ranges);

/// <summary>A range of a profile, resolved to a dimension of the model.</summary>
/// <param name="Dimension">Index among the dynamic dimensions of the inputs.</param>
/// <param name="Name">ONNX name of the dimension, or <c>tensor[axis]</c>.</param>
/// <param name="Minimum">The smallest size.</param>
/// <param name="Optimum">The size to optimize for.</param>
/// <param name="Maximum">The largest size.</param>
internal sealed record ProfileRangeSpec(int Dimension, string Name, long Minimum, long Optimum, long Maximum);
