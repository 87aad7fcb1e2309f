namespace TrtBindings;

/// <summary>Layout of a semantic segmentation model's first output.</summary>
public enum SemanticSegmentationForm
{
    /// <summary>Float [N, classes, h, w]: a number for each class and place. One class means that class or nothing.</summary>
    Logits,
    /// <summary>[N, h, w] or [N, 1, h, w], whole numbers: the class of each place, already decided in the graph.</summary>
    LabelMap,
}
