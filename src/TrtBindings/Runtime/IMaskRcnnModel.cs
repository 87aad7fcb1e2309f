namespace TrtBindings;

/// <summary>
/// A Mask R-CNN of one of the exporters in <see cref="MaskRcnnForm"/>. The generator implements this on a model class whose
/// tensors fit, so that the engine does not compile for any other model.
/// </summary>
/// <typeparam name="TLabel">
/// Enum of the class labels. Its values are the model's class numbers, or one less if the model's class 0 is the background and
/// the labels leave it out.
/// </typeparam>
public interface IMaskRcnnModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>The exporter's conventions.</summary>
    MaskRcnnForm Form { get; }
}
