using System.Runtime.InteropServices;

namespace TrtBindings.Vision.Gpu;

/// <summary>
/// One object in the results of a picture, as native/kernels/found.h writes it. What a task adds (key points, an angle) follows
/// it as floats.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FoundRecord
{
    /// <summary>Size in 32-bit words.</summary>
    public const int Words = 16;

    /// <summary>Edges in pixels of the image; for an oriented box centre and size.</summary>
    public Box Box;

    public float Score;

    public int Label;

    /// <summary>Its anchor or row.</summary>
    public int Source;

    /// <summary>Pixels of the mask that are set.</summary>
    public int Area;

    /// <summary>The mask's region in its frame.</summary>
    public PixelRegion Region;

    /// <summary>Where the mask's bits begin, in units of 16 bytes; -1 if there was no room or the region is empty.</summary>
    public int Bits;

    private readonly Reserved _reserved;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    private readonly struct Reserved;
}

/// <summary>The header of a picture's results.</summary>
[StructLayout(LayoutKind.Sequential, Size = 4 * Words)]
internal struct FoundHeader
{
    /// <summary>Size in 32-bit words.</summary>
    public const int Words = 8;

    /// <summary>Number of records.</summary>
    public int Finds;

    /// <summary>Number of predictions above the confidence.</summary>
    public int Candidates;
}

/// <summary>How many candidates and finds a picture has on the device.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct FoundCounts
{
    public int Candidates;

    public int Finds;
}
