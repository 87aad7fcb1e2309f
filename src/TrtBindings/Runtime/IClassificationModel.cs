namespace TrtBindings;

/// <summary>
/// A model that gives a number for each class of a whole image. The generator implements this on a model class whose tensors and
/// metadata fit, so that the engine does not compile for any other model. Input: float, 3 channels or 1, as
/// <see cref="ClassificationForm"/> says. Output: float [N, classes], perhaps with further dimensions of 1.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface IClassificationModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of the input.</summary>
    ClassificationForm Form { get; }
}

/// <summary>Layout of a classification model's input.</summary>
public enum ClassificationForm
{
    /// <summary>[N, C, H, W]: plane by plane.</summary>
    ChannelsFirst,
    /// <summary>[N, H, W, C]: pixel by pixel, as TensorFlow exports.</summary>
    ChannelsLast,
}
