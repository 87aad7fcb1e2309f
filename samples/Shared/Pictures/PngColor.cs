namespace TrtBindings.Samples;

/// <summary>PNG's colour types, by their number in the file.</summary>
internal enum PngColor : byte
{
    /// <summary>One value a pixel.</summary>
    Grey = 0,
    /// <summary>Red, green, blue.</summary>
    Rgb = 2,
    /// <summary>An index into a table of colours.</summary>
    Palette = 3,
    /// <summary>Grey and opacity.</summary>
    GreyAlpha = 4,
    /// <summary>Red, green, blue and opacity.</summary>
    Rgba = 6,
}
