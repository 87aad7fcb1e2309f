namespace TrtBindings;

/// <summary>
/// A Mask R-CNN of one of the exporters that <see cref="MaskRcnnForm"/> names. The generator puts it on a class whose shapes
/// say so, which is what makes an engine for any other model a compiler error.
/// </summary>
/// <typeparam name="TLabel">
/// Enum of the class labels. Its values are the model's class numbers if label 0 is the background or if the model counts
/// from 0; otherwise they are one less.
/// </typeparam>
public interface IMaskRcnnModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>What the model takes and gives.</summary>
    MaskRcnnForm Form { get; }
}
