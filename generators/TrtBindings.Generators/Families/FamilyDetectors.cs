using TrtBindings.Generators.Input;

namespace TrtBindings.Generators.Families;

/// <summary>Every family that has an engine.</summary>
internal static class FamilyDetectors
{
    /// <summary>In the order in which they are asked: what is told by more comes first.</summary>
    private static readonly FamilyDetector[] All =
    [
        YoloSegDetector.Family,
        ScrfdDetector.Family,
        SemanticSegmentationDetector.Family,
        MaskRcnnDetector.Family,
        YoloDetectors.Pose,
        YoloDetectors.OrientedBoxes,
        YoloDetectors.Detection,
        ClassificationDetector.Family,
    ];

    /// <summary>The detector of a word of <see cref="ItemWords.Tasks"/>.</summary>
    public static FamilyDetector Of(string task) => All.First(f => f.Task == task);

    /// <summary>The family of a model.</summary>
    /// <param name="model">What the file says.</param>
    /// <param name="labelCount">Number of labels in its metadata; 0 if it has none.</param>
    /// <param name="task">
    /// What the item says; only that family is looked for if it is one of <see cref="ItemWords.Tasks"/>.
    /// </param>
    public static ModelFamily? Detect(ModelDescription model, int labelCount, string task)
    {
        if (ItemWords.Find(ItemWords.Tasks, task) is { } asked) return Of(asked).Detect(model, labelCount, true);
        foreach (var detector in All)
            if (detector.Detect(model, labelCount, false) is { } family) return family;
        return null;
    }
}
