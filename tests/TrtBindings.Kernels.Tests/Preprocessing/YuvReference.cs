namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>ITU-R BT.601 and BT.709 in double precision, from the shares of red and blue in brightness.</summary>
internal static class YuvReference
{
    /// <summary>Red, green and blue in 0 to 255, not rounded.</summary>
    public static (double Red, double Green, double Blue) ToRgb(int y, int u, int v, bool isBt709, bool isFullRange)
    {
        var (kr, kb) = Shares(isBt709);
        var light = isFullRange ? y / 255.0 : (y - 16) / 219.0;
        var range = isFullRange ? 255.0 : 224.0;
        var (blueDifference, redDifference) = ((u - 128) / range, (v - 128) / range);
        var red = light + (2 * (1 - kr) * redDifference);
        var blue = light + (2 * (1 - kb) * blueDifference);
        var green = (light - (kr * red) - (kb * blue)) / (1 - kr - kb);
        return (Level(red), Level(green), Level(blue));
    }

    /// <summary>The nearest 8-bit YUV of a colour.</summary>
    public static (byte Y, byte U, byte V) FromRgb(ReadOnlySpan<byte> rgb, bool isBt709, bool isFullRange)
    {
        var (kr, kb) = Shares(isBt709);
        var (red, green, blue) = (rgb[0] / 255.0, rgb[1] / 255.0, rgb[2] / 255.0);
        var light = (kr * red) + ((1 - kr - kb) * green) + (kb * blue);
        var (u, v) = ((blue - light) / (2 * (1 - kb)), (red - light) / (2 * (1 - kr)));
        return isFullRange ? (Byte(255 * light), Byte((255 * u) + 128), Byte((255 * v) + 128))
            : (Byte((219 * light) + 16), Byte((224 * u) + 128), Byte((224 * v) + 128));
    }

    private static (double Red, double Blue) Shares(bool isBt709) => isBt709 ? (0.2126, 0.0722) : (0.299, 0.114);

    private static double Level(double value) => Math.Clamp(value * 255, 0, 255);

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
