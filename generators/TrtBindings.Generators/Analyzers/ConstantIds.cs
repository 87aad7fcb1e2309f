namespace TrtBindings.Generators;

/// <summary>What the analyzer of constants and the code fixes, which are two assemblies, agree on.</summary>
internal static class ConstantIds
{
    public const string Index = "TRTB0300";

    public const string Slice = "TRTB0301";

    public const string Size = "TRTB0302";

    public const string Profile = "TRTB0303";

    /// <summary>Property of a finding: the nearest constant that would be right, where there is one.</summary>
    public const string Replacement = nameof(Replacement);
}
