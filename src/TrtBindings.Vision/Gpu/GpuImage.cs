namespace TrtBindings.Vision;

/// <summary>
/// A picture that is on the GPU already: what a decoder or another library's kernel wrote. No pixel is copied; the engine's
/// kernels read it where it is. It says when its pixels may be read, and how its producer learns that they were.
/// </summary>
/// <remarks>
/// Nothing is guessed: a YUV picture says its matrix and its range, and every picture its <see cref="GpuImageOrder"/>. Nothing
/// but the addresses can be checked: a producer that writes too early gives a wrong result without an error.
/// </remarks>
public readonly struct GpuImage
{
    private GpuImage(int width, int height, int format, GpuImageOrder order)
    {
        if (width < 1 || height < 1) throw new ImageException($"An image of {width} x {height} has no pixels.");
        if (!order.IsSet)
        {
            throw new ImageException("The image does not say when its pixels may be read and when they were; pass one of "
                + "GpuImageOrder.Synchronous, After and OnStream.");
        }

        (Width, Height, Format, Order) = (width, height, format, order);
    }

    /// <summary>Width in pixels; 0 for a default value, which every engine refuses.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>When pixels may be read, and how the producer learns that they were.</summary>
    public GpuImageOrder Order { get; }

    /// <summary>A <see cref="PixelFormat"/> or a <see cref="FrameFormat"/>.</summary>
    internal int Format { get; }

    internal YuvPlanes Planes { get; private init; }

    internal YuvColors Colors { get; private init; }

    /// <summary>A picture with all channels of a pixel side by side.</summary>
    /// <param name="pixels">Address of the top left pixel on the GPU, a <c>CUdeviceptr</c>.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="pitch">Bytes from the start of one row to the next, at least those of a row.</param>
    /// <param name="format">Order of the channels.</param>
    /// <param name="order">When pixels may be read, and how the producer learns that they were.</param>
    /// <exception cref="ImageException">A size, the pitch, the address or the order is missing or too small.</exception>
    public static GpuImage Packed(nint pixels, int width, int height, int pitch, PixelFormat format, GpuImageOrder order)
    {
        var image = new GpuImage(width, height, (int)format, order) { Planes = new(pixels, pitch) };
        Check("the pixels", pixels, pitch, (long)width * format.BytesPerPixel());
        return image;
    }

    /// <summary>A picture with one sample of colour for two by two pixels; sides may be odd.</summary>
    /// <param name="format">The format; <see cref="YuvFormat.P010"/> is refused.</param>
    /// <param name="planes">Its planes.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="colors">Matrix and range, which a decoder's stream information says.</param>
    /// <param name="order">When pixels may be read, and how the producer learns that they were.</param>
    /// <exception cref="ImageException">
    /// A size, a pitch, an address, the matrix, the range or the order is missing or too small, or the format is refused.
    /// </exception>
    public static GpuImage Yuv(
        YuvFormat format, YuvPlanes planes, int width, int height, YuvColors colors, GpuImageOrder order)
    {
        var isNv12 = format == YuvFormat.Nv12;
        if (!isNv12 && format != YuvFormat.I420)
        {
            throw new ImageException(format == YuvFormat.P010
                ? "P010 has 10 bits a channel, and engines take 8: have the decoder write NV12."
                : $"{(int)format} is not a YUV format; use Nv12 or I420.");
        }

        if (colors.Matrix is not (YuvMatrix.Bt601 or YuvMatrix.Bt709) || colors.Range is not (YuvRange.Limited or YuvRange.Full))
            throw new ImageException("A YUV image must say its matrix and its range; the decoder's stream information has them.");
        var image = new GpuImage(width, height, isNv12 ? FrameFormat.Nv12 : FrameFormat.I420, order)
        {
            Planes = planes, Colors = colors,
        };
        var chroma = (width + 1L) / 2;
        Check("Y", planes.Y, planes.PitchY, width);
        Check(isNv12 ? "UV" : "U", planes.U, planes.PitchU, isNv12 ? 2 * chroma : chroma);
        if (!isNv12) Check("V", planes.V, planes.PitchV, chroma);
        return image;
    }

    /// <summary>Writes where the pixels are, and what they mean.</summary>
    internal void Fill(ref GpuFrame frame)
    {
        (frame.Planes[0], frame.Planes[1], frame.Planes[2]) = (Planes.Y, Planes.U, Planes.V);
        (frame.Pitches[0], frame.Pitches[1], frame.Pitches[2]) = (Planes.PitchY, Planes.PitchU, Planes.PitchV);
        (frame.Width, frame.Height, frame.Format) = (Width, Height, Format);
        frame.Matrix = Colors.Matrix == YuvMatrix.Bt709 ? 1 : 0;
        frame.IsFullRange = Colors.Range == YuvRange.Full ? 1 : 0;
    }

    /// <exception cref="ImageException">This is a default value.</exception>
    internal void ThrowIfEmpty()
    {
        if (Width == 0) throw new ImageException("The image is empty (a default value); make it with GpuImage.Packed or Yuv.");
    }

    /// <summary>Checks that all planes are memory of a GPU: a kernel that reads any other makes the GPU unusable.</summary>
    /// <exception cref="ImageException">A plane is not, or not as a whole.</exception>
    internal void CheckOn(ModelGpu gpu)
    {
        if (Format < FrameFormat.Nv12)
        {
            Check(gpu, Planes.Y, Planes.PitchY, Width * ((PixelFormat)Format).BytesPerPixel(), Height);
            return;
        }

        var (chroma, rows) = ((Width + 1) / 2, (Height + 1) / 2);
        Check(gpu, Planes.Y, Planes.PitchY, Width, Height);
        Check(gpu, Planes.U, Planes.PitchU, Format == FrameFormat.Nv12 ? 2 * chroma : chroma, rows);
        if (Format == FrameFormat.I420) Check(gpu, Planes.V, Planes.PitchV, chroma, rows);
    }

    private static void Check(string plane, nint address, int pitch, long rowBytes)
    {
        if (address == 0) throw new ImageException($"The address of {plane} is 0.");
        if (pitch < rowBytes) throw new ImageException($"The pitch of {plane} is {pitch}, but a row has {rowBytes} bytes.");
    }

    private static void Check(ModelGpu gpu, nint address, int pitch, int rowBytes, int rows)
    {
        var bytes = ((nint)pitch * (rows - 1)) + rowBytes;
        if (gpu.Owns(address, bytes)) return;
        throw new ImageException($"0x{address:X} to 0x{address + bytes - 1:X} is not memory of '{gpu.Name}', which runs the "
            + "model, or not of one allocation: pass addresses on that GPU, and the size and pitch that the memory was "
            + "allocated for.");
    }
}
