namespace TrtBindings.Vision;

/// <summary>One number for each colour. A model of brightness takes the first.</summary>
/// <param name="Red">For red, or for brightness.</param>
/// <param name="Green">For green.</param>
/// <param name="Blue">For blue.</param>
public readonly record struct ChannelValues(float Red, float Green, float Blue)
{
    /// <summary>The same number for each.</summary>
    public static ChannelValues All(float value) => new(value, value, value);
}
