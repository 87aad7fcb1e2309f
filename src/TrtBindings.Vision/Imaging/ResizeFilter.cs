namespace TrtBindings.Vision;

/// <summary>Filter of an antialiased resize.</summary>
public enum ResizeFilter
{
    /// <summary>A triangle: Pillow's and torchvision's <c>BILINEAR</c>.</summary>
    Bilinear,
    /// <summary>Keys' cubic with a = -0.5: Pillow's and torchvision's <c>BICUBIC</c>.</summary>
    Bicubic,
}
