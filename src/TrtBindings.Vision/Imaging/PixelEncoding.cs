namespace TrtBindings.Vision.Imaging;

/// <summary>
/// How 8-bit colours become a model's numbers: (value / Divisor - Mean) / Deviation, in this order and in single precision,
/// each colour with its own mean and deviation.
/// </summary>
/// <param name="Divisor">255 for models that are trained on 0 to 1, 1 for those trained on 0 to 255.</param>
/// <param name="Mean">What is taken off.</param>
/// <param name="Deviation">What it is divided by.</param>
/// <param name="IsBgr">Whether the model's first plane is blue rather than red.</param>
internal readonly record struct PixelEncoding(
    float Divisor, ChannelValues Mean, ChannelValues Deviation, bool IsBgr = false)
{
    /// <summary>Red, green, blue in 0 to 1.</summary>
    public static PixelEncoding UnitRange { get; } = new(255, ChannelValues.All(0), ChannelValues.All(1));

    /// <summary>Whether nothing but the division is to be done.</summary>
    public bool IsPlainDivision => Mean == ChannelValues.All(0) && Deviation == ChannelValues.All(1);

    /// <summary>What a grey pixel becomes.</summary>
    public ChannelValues Of(byte grey) => new(
        ((grey / Divisor) - Mean.Red) / Deviation.Red, ((grey / Divisor) - Mean.Green) / Deviation.Green,
        ((grey / Divisor) - Mean.Blue) / Deviation.Blue);
}
