namespace TrtBindings.Vision;

/// <summary>How 8-bit values become a model's numbers. The ways differ in the last bit of many values.</summary>
public enum ValueScaling
{
    /// <summary>
    /// (value / 255 - mean) / deviation: torchvision's <c>ToTensor</c> and <c>convert_image_dtype</c>, Ultralytics.
    /// </summary>
    Divided,
    /// <summary>
    /// (value * (1 / 255) - mean) / deviation, with 1 / 255 in single precision: torchvision's <c>v2.ToDtype(scale=True)</c>.
    /// </summary>
    Multiplied,
    /// <summary>
    /// (value - mean) * <see cref="ImagePreprocessing.BlobScale"/>: OpenCV's <c>blobFromImage</c>, whose mean is in 0 to 255.
    /// </summary>
    Blob,
}
