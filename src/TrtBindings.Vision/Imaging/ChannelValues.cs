namespace TrtBindings.Vision;

/// <summary>One number for each colour.</summary>
internal readonly record struct ChannelValues(float Red, float Green, float Blue)
{
    /// <summary>The same number for each.</summary>
    public static ChannelValues All(float value) => new(value, value, value);
}
