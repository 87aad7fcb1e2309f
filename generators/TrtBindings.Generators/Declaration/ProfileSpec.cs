namespace TrtBindings.Generators;

/// <summary>One optimization profile.</summary>
/// <param name="Ranges">Its ranges, in the order of the dynamic dimensions.</param>
internal sealed record ProfileSpec(EquatableArray<ProfileRangeSpec> Ranges);
