namespace TrtBindings;

/// <summary>
/// A model with Ultralytics' segmentation outputs, as <see cref="IYoloDetectModel{TLabel}"/> with M mask coefficients behind
/// each box and the prototypes [N, M, H/4, W/4] as output 1.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface IYoloSegModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of output 0.</summary>
    YoloForm Form { get; }
}
