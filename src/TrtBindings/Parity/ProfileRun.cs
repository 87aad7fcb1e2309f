namespace TrtBindings.Parity;

/// <summary>A profile that a run goes through.</summary>
/// <param name="Index">Its index in the engine; -1 for a model without dynamic dimensions.</param>
/// <param name="Profile">Its ranges; <see langword="null"/> for a model without dynamic dimensions.</param>
/// <param name="Suffix">What names of runs end with, where an earlier profile has a run of the same sizes; or empty.</param>
internal sealed record ProfileRun(int Index, OptimizationProfile? Profile, string Suffix)
{
    /// <summary>A model without dynamic dimensions.</summary>
    public static ProfileRun None { get; } = new(-1, null, "");

    /// <summary>Whether a dynamic dimension may be 1.</summary>
    public bool AllowsOne(int dimension) =>
        dimension >= 0 && Profile is not null && Profile.Ranges.Any(range => range.Dimension == dimension && range.Minimum <= 1);
}
