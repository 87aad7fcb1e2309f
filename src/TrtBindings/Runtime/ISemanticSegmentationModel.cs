namespace TrtBindings;

/// <summary>
/// A model that gives every pixel a class. The generator implements this on a model class whose tensors fit, so that the engine
/// does not compile for any other model. Input: float [N, 3, H, W] or [N, 1, H, W]. The first output
/// that is a head: as <see cref="SemanticSegmentationForm"/> says. An engine's options name another one.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface ISemanticSegmentationModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of the first head.</summary>
    SemanticSegmentationForm Form { get; }
}

/// <summary>Layout of a semantic segmentation model's head. Each also without N, for one image.</summary>
public enum SemanticSegmentationForm
{
    /// <summary>Float [N, classes, h, w]: a logit for each class and point. One class means that class or the rest.</summary>
    Logits,
    /// <summary>Whole numbers [N, h, w] or [N, 1, h, w]: the class of each point, computed in the graph.</summary>
    LabelMap,
}
