namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Conversion of 8-bit colours to a model's numbers: (value / Divisor - Mean) / Deviation, in this order and in single precision,
/// with a mean and a deviation for each colour.
/// </summary>
/// <param name="Divisor">255 for models trained on 0 to 1, 1 for those trained on 0 to 255.</param>
/// <param name="Mean">Subtracted.</param>
/// <param name="Deviation">Divisor after that.</param>
/// <param name="IsBgr">Whether the model's first plane is blue.</param>
internal readonly record struct PixelEncoding(
    float Divisor, ChannelValues Mean, ChannelValues Deviation, bool IsBgr = false)
{
    /// <summary>Red, green, blue in 0 to 1.</summary>
    public static PixelEncoding UnitRange { get; } = new(255, ChannelValues.All(0), ChannelValues.All(1));

    /// <summary>Whether the division by <see cref="Divisor"/> is all.</summary>
    public bool IsPlainDivision => Mean == ChannelValues.All(0) && Deviation == ChannelValues.All(1);

    /// <summary>The numbers of a grey pixel.</summary>
    public ChannelValues Of(byte grey) => new(
        ((grey / Divisor) - Mean.Red) / Deviation.Red, ((grey / Divisor) - Mean.Green) / Deviation.Green,
        ((grey / Divisor) - Mean.Blue) / Deviation.Blue);
}
