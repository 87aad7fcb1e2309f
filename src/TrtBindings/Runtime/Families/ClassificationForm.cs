namespace TrtBindings;

/// <summary>Layout of a classification model's input.</summary>
public enum ClassificationForm
{
    /// <summary>[N, C, H, W]: whole planes of colour.</summary>
    ChannelsFirst,
    /// <summary>[N, H, W, C]: pixel by pixel, as TensorFlow exports.</summary>
    ChannelsLast,
}
