namespace TrtBindings.Kernels.Tests.Preprocessing;

/// <summary>
/// The pixels of an NV12 or I420 picture: a plane of Y, and planes of U and V (or one plane of both, alternating) with one sample
/// for two by two pixels, of which an odd side's last are not whole.
/// </summary>
internal readonly ref struct YuvView
{
    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Brightness of each pixel.</summary>
    public required ReadOnlySpan<byte> Y { get; init; }

    /// <summary>Bytes from one row of Y to the next.</summary>
    public required int PitchY { get; init; }

    /// <summary>The plane of U, which begins with V's first sample after U's if it holds both.</summary>
    public required ReadOnlySpan<byte> U { get; init; }

    /// <summary>Bytes from one row of U to the next.</summary>
    public required int PitchU { get; init; }

    /// <summary>The plane of V; empty for NV12.</summary>
    public ReadOnlySpan<byte> V { get; init; }

    /// <summary>Bytes from one row of V to the next.</summary>
    public int PitchV { get; init; }

    /// <summary>Whether colours are those of BT.709; otherwise those of BT.601.</summary>
    public required bool IsBt709 { get; init; }

    /// <summary>Whether Y is 0 to 255 and not 16 to 235.</summary>
    public required bool IsFullRange { get; init; }

    /// <summary>Samples of U and V in a row.</summary>
    public int ChromaWidth => (Width + 1) / 2;
}
