namespace TrtBindings.Generators.Diagnostics;

/// <summary>Ids that the analyzer of constants shares with the code fixes, which are another assembly.</summary>
internal static class ConstantIds
{
    public const string Index = "TRTB0300";

    public const string Slice = "TRTB0301";

    public const string Size = "TRTB0302";

    public const string Profile = "TRTB0303";

    /// <summary>Property of a diagnostic: the nearest valid constant, if there is one.</summary>
    public const string Replacement = nameof(Replacement);
}
