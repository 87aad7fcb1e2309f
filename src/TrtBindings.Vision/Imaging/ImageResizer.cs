namespace TrtBindings.Vision;

/// <summary>
/// The library whose resize is used. A network expects the one that it was trained with; each gives other numbers. Each equals
/// its library bit for bit on x86-64, in the versions that <c>docs/imaging.md</c> lists.
/// </summary>
public enum ImageResizer
{
    /// <summary>
    /// Pillow 13 (<c>Image.resize</c>), also what torchvision and timm do with a PIL picture: antialiased, 8 bits. Filters:
    /// Bilinear, Bicubic, Nearest, Box, Hamming, Lanczos.
    /// </summary>
    Pillow,
    /// <summary>
    /// OpenCV (<c>cv2.resize</c>) on 8 bits, without antialiasing except for Area. Filters: Bilinear, Bicubic (without Intel's
    /// IPP), Nearest, NearestExact (that of OpenCV 4), Area.
    /// </summary>
    OpenCv,
    /// <summary>
    /// torch (<c>F.interpolate</c>, align_corners False) on floats after <see cref="ImagePreprocessing.Scaling"/> and before the
    /// mean; without antialiasing. Filters: Bilinear, Bicubic, Nearest, NearestExact, Area.
    /// </summary>
    Torch,
    /// <summary>The same with <c>antialias=True</c>. Filters: Bilinear, Bicubic.</summary>
    TorchAntialiased,
    /// <summary>
    /// torchvision's first API on a uint8 tensor, which the transforms of torchvision's weights use: torch's antialiased resize
    /// on floats of 0 to 255, rounded to 8 bits. Filters: Bilinear, Bicubic.
    /// </summary>
    Torchvision,
    /// <summary>
    /// torchvision's <c>v2.Resize</c> on a uint8 tensor: antialiased, 16-bit weights. Filters: Bilinear, Bicubic, Nearest,
    /// NearestExact.
    /// </summary>
    TorchvisionV2,
    /// <summary>The same with <c>antialias=False</c>. Filters: Bilinear, Bicubic.</summary>
    TorchvisionV2Aliased,
}
