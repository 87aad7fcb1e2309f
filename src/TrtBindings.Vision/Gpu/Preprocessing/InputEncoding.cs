namespace TrtBindings.Vision.Gpu.Preprocessing;

/// <summary>How 8-bit colours become a model's numbers, and what lies where there is no picture.</summary>
/// <param name="Pixels">Encoding of colours.</param>
/// <param name="Padding">Numbers around a picture that does not cover the input.</param>
/// <param name="Filler">Number in the places of a fixed batch that have no picture.</param>
internal readonly record struct InputEncoding(PixelEncoding Pixels, ChannelValues Padding, float Filler)
{
    /// <summary>A picture that covers the input.</summary>
    public static InputEncoding Covered(in PixelEncoding pixels) => new(pixels, ChannelValues.All(0), 0);

    /// <summary>A picture with a grey around it, which also fills the places without a picture.</summary>
    public static InputEncoding Padded(in PixelEncoding pixels, byte grey, float filler) =>
        new(pixels, pixels.Of(grey), filler);
}
