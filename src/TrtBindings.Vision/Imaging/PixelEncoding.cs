namespace TrtBindings.Vision.Imaging;

/// <summary>
/// Conversion of 8-bit colours to a model's numbers: (value / Divisor - Mean) / Deviation, in this order and in single precision,
/// with a mean and a deviation for each colour.
/// </summary>
/// <param name="Divisor">255 for models trained on 0 to 1, 1 for those trained on 0 to 255.</param>
/// <param name="Mean">Subtracted.</param>
/// <param name="Deviation">Divisor after that.</param>
/// <param name="IsBgr">Whether the model's first plane is blue.</param>
/// <param name="Reciprocal">If not 0, multiplies values in place of the division by Divisor.</param>
/// <param name="Factor">If not 0, multiplies the difference in place of the division by Deviation.</param>
internal readonly record struct PixelEncoding(
    float Divisor, ChannelValues Mean, ChannelValues Deviation, bool IsBgr = false, float Reciprocal = 0, float Factor = 0)
{
    /// <summary>Red, green, blue in 0 to 1.</summary>
    public static PixelEncoding UnitRange { get; } = new(255, ChannelValues.All(0), ChannelValues.All(1));

    /// <summary>Whether the division by <see cref="Divisor"/> is all.</summary>
    public bool IsPlainDivision =>
        Mean == ChannelValues.All(0) && Deviation == ChannelValues.All(1) && Reciprocal == 0 && Factor == 0;

    /// <summary>The numbers of a grey pixel.</summary>
    public ChannelValues Of(byte grey) => new(
        Finish(Start(grey), Mean.Red, Deviation.Red), Finish(Start(grey), Mean.Green, Deviation.Green),
        Finish(Start(grey), Mean.Blue, Deviation.Blue));

    /// <summary>The step before the mean.</summary>
    public float Start(float value) => Reciprocal != 0 ? value * Reciprocal : value / Divisor;

    /// <summary>The steps from the mean on.</summary>
    public float Finish(float value, float mean, float deviation) =>
        Factor != 0 ? (value - mean) * Factor : (value - mean) / deviation;

    /// <summary>Fills 256 numbers for red, for green and for blue with the step before the mean.</summary>
    public void FillStarts(Span<float> tables)
    {
        for (var i = 0; i < tables.Length; i++) tables[i] = Start(i & 255);
    }
}
