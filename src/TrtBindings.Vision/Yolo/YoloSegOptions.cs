namespace TrtBindings.Vision;

/// <summary>Options of <see cref="YoloSegEngine{TLabel}"/>. The defaults are those of Ultralytics' predictor.</summary>
public sealed record YoloSegOptions : YoloOptions
{
    /// <summary>The pixels that masks are made of. A find whose mask has none is dropped.</summary>
    public MaskSpace MaskSpace { get; set; } = MaskSpace.Image;

    /// <summary>
    /// Whether masks stay on the GPU, as <see cref="InstanceDetection{TLabel}.DeviceMask"/>, and are copied only where the
    /// application asks. Needs results that are made on the GPU; refused otherwise.
    /// </summary>
    public bool KeepMasksOnDevice { get; set; }

    internal override bool KeepsOnDevice => KeepMasksOnDevice;

    internal override void Validate()
    {
        base.Validate();
        OptionCheck.Defined(MaskSpace, nameof(MaskSpace));
    }
}

/// <summary>The pixels that masks are made of.</summary>
public enum MaskSpace
{
    /// <summary>
    /// Pixels of the image: the prototypes, enlarged until the letterbox border is a whole number of their points, are cut out of
    /// the border, resized bilinearly to the image, cut to the box in the image, and compared with 0 (Ultralytics'
    /// <c>process_mask_native</c>, <c>retina_masks=True</c>).
    /// </summary>
    Image,
    /// <summary>
    /// Pixels of the model's input: the prototypes are resized bilinearly to the input, cut to the box in the input, and
    /// compared with 0 (Ultralytics' <c>process_mask</c>, its default). A find in the letterbox border has pixels only here.
    /// </summary>
    Model,
    /// <summary>No masks, only boxes.</summary>
    None,
}
