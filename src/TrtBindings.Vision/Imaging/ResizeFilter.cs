namespace TrtBindings.Vision;

/// <summary>Filter of a resize. <see cref="ImageResizer"/> says which resizer has which.</summary>
public enum ResizeFilter
{
    /// <summary>
    /// A triangle: Pillow's, torch's and torchvision's <c>BILINEAR</c>, OpenCV's <c>INTER_LINEAR</c>.
    /// </summary>
    Bilinear,
    /// <summary>
    /// Keys' cubic: Pillow's, torch's and torchvision's <c>BICUBIC</c>, OpenCV's <c>INTER_CUBIC</c>. Each library uses its own a:
    /// -0.5 with antialiasing, -0.75 without.
    /// </summary>
    Bicubic,
    /// <summary>
    /// One pixel of the source by the older rule: torch's <c>nearest</c>, OpenCV's <c>INTER_NEAREST</c>; Pillow's <c>NEAREST</c>.
    /// </summary>
    Nearest,
    /// <summary>
    /// The pixel of the source at the centre: torch's <c>nearest-exact</c>, OpenCV 4's <c>INTER_NEAREST_EXACT</c>.
    /// </summary>
    NearestExact,
    /// <summary>The mean of the covered pixels: torch's <c>area</c>, OpenCV's <c>INTER_AREA</c>.</summary>
    Area,
    /// <summary>Pillow's <c>BOX</c>.</summary>
    Box,
    /// <summary>Pillow's <c>HAMMING</c>.</summary>
    Hamming,
    /// <summary>Pillow's <c>LANCZOS</c>.</summary>
    Lanczos,
}
