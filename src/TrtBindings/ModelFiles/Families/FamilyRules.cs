namespace TrtBindings.ModelFiles.Families;

/// <summary>The rules of all families that have an engine.</summary>
internal static class FamilyRules
{
    /// <summary>In the order in which they are tried: rules that ask for more come first.</summary>
    public static readonly FamilyRule[] All =
    [
        YoloRule.Seg,
        ScrfdRule.Instance,
        SemanticSegmentationRule.Instance,
        MaskRcnnRule.Instance,
        RtDetrRule.Instance,
        YoloRule.Pose,
        YoloRule.Obb,
        YoloRule.Detect,
        ClassificationRule.Instance,
    ];

    /// <summary>The rules for the words of <c>TrtTask</c>: the families, then the heads.</summary>
    public static readonly FamilyRule[] Asked = [.. All, .. YoloHeadRule.All];

    /// <summary>The rule for a word of <c>TrtTask</c>, in any case; <see langword="null"/> for any other word.</summary>
    public static FamilyRule? Find(string task) =>
        Array.Find(Asked, rule => string.Equals(rule.Task, task, StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds the family of a model. If <c>TrtTask</c> names a family, only that one is tried.</summary>
    /// <returns>
    /// The match; if <c>TrtTask</c> names a family that does not fit, one with a problem; <see langword="null"/> if no family
    /// fits.
    /// </returns>
    public static FamilyMatch? Match(ModelDescription model, int labels, string task)
    {
        if (Find(task) is { } asked) return asked.Match(model, labels, isAsked: true);
        foreach (var rule in All)
            if (rule.Match(model, labels, isAsked: false) is { Problem: null } match) return match;
        return null;
    }
}
