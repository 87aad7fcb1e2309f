namespace TrtBindings.Vision;

/// <summary>One number for each colour. A model of one channel uses the first.</summary>
/// <param name="Red">For red, or brightness.</param>
/// <param name="Green">For green.</param>
/// <param name="Blue">For blue.</param>
public readonly record struct ChannelValues(float Red, float Green, float Blue)
{
    /// <summary>The same number for each colour.</summary>
    public static ChannelValues All(float value) => new(value, value, value);
}
