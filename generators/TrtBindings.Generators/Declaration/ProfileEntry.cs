namespace TrtBindings.Generators;

/// <summary>One range of a profile as written.</summary>
/// <param name="Name">What it names.</param>
/// <param name="Minimum">The least size.</param>
/// <param name="Optimum">The size to be fastest at.</param>
/// <param name="Maximum">The largest size.</param>
internal sealed record ProfileEntry(string Name, long Minimum, long Optimum, long Maximum)
{
    /// <summary>As it would be written: <c>1..4..16</c>, or <c>32</c>.</summary>
    public string Range => Minimum == Optimum && Optimum == Maximum
        ? Literals.Number(Minimum)
        : $"{Literals.Number(Minimum)}..{Literals.Number(Optimum)}..{Literals.Number(Maximum)}";
}
