namespace TrtBindings.Generators;

/// <summary>What an item declares beyond names, checked against the model.</summary>
/// <param name="IsInternal">Whether the class is internal.</param>
/// <param name="Profiles">Optimization profiles.</param>
/// <param name="Precision">A word of <see cref="ItemWords.Precisions"/>; <see langword="null"/> if none is given.</param>
/// <param name="Backend">A word of <see cref="ItemWords.Backends"/>; <see langword="null"/> if none is given.</param>
internal sealed record DeclarationSpec(
    bool IsInternal, EquatableArray<ProfileSpec> Profiles, string? Precision, string? Backend)
{
    public static DeclarationSpec None { get; } = new(false, default, null, null);

    /// <summary>Whether there is anything for the runtime to know.</summary>
    public bool IsForRuntime => Profiles.Count > 0 || Precision is not null || Backend is not null;

    public static DeclarationSpec Of(ItemMetadata item, ProfileSpec[] profiles) => new(
        ItemWords.Find(ItemWords.Visibilities, item.Visibility) == "internal", new(profiles),
        ItemWords.Find(ItemWords.Precisions, item.Precision), ItemWords.Find(ItemWords.Backends, item.Backend));

    /// <summary>The ranges of one dimension in all profiles: <c>1..4..16 | 32</c>; empty if there are none.</summary>
    public string RangesOf(int dimension) => string.Join(" | ", Profiles
        .SelectMany(p => p.Ranges.Where(r => r.Dimension == dimension))
        .Select(r => new ProfileEntry(r.Name, r.Minimum, r.Optimum, r.Maximum).Range));
}
