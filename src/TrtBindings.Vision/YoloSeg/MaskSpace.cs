namespace TrtBindings.Vision;

/// <summary>Which pixels a mask is made of.</summary>
public enum MaskSpace
{
    /// <summary>
    /// Pixels of the image: prototypes without the letterbox border, bilinear to the image's size, cropped by the box
    /// in the image, above 0 (Ultralytics' <c>process_mask_native</c>, <c>retina_masks</c>).
    /// </summary>
    Image,
    /// <summary>
    /// Pixels of the model's input: prototypes bilinear to the input's size, cropped by the box in the input, above 0
    /// (Ultralytics' <c>process_mask</c> with upsampling, in the order that it has since May 2026).
    /// </summary>
    Model,
    /// <summary>No masks: boxes only.</summary>
    None,
}
