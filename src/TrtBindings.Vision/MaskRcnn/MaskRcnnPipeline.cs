namespace TrtBindings.Vision.MaskRcnn;

/// <summary>
/// What a Mask R-CNN engine does before and after its model: image to input, outputs to objects. Keeps its buffers. Not
/// thread-safe.
/// </summary>
internal sealed class MaskRcnnPipeline(MaskRcnnOptions options, MaskRcnnForm form)
{
    private readonly MaskRcnnPreprocessor _preprocessor = new(form);
    private readonly MaskPaster _paster = new();

    private bool IsDetectron => form is MaskRcnnForm.Detectron2 or MaskRcnnForm.NvidiaSample;

    /// <summary>Writes an image into [3, height, width] floats.</summary>
    public void Preprocess(ImageView image, in MaskRcnnGeometry geometry, Span<float> input) =>
        _preprocessor.Run(image, geometry.Placement, input);

    /// <summary>Adds the objects of one image in the model's order, which is by falling score.</summary>
    /// <param name="head">The outputs for the image.</param>
    /// <param name="geometry">Position of the image in the input.</param>
    /// <param name="labels">The model's labels.</param>
    /// <param name="result">Takes the objects.</param>
    /// <param name="buffer">Memory for the masks; new memory if <see langword="null"/>.</param>
    /// <exception cref="TensorException">
    /// The model has no label for a class, or pastes masks of another size than the image.
    /// </exception>
    public void Read<TLabel>(
        scoped in MaskRcnnHead head, in MaskRcnnGeometry geometry, ClassLabels labels, List<InstanceDetection<TLabel>> result,
        MaskBuffer? buffer)
        where TLabel : unmanaged, Enum
    {
        CheckPasted(head, geometry);
        var most = options.MaxDetections ?? int.MaxValue;
        for (var i = 0; i < head.Count && result.Count < most; i++)
        {
            if (!(head.Scores[i] > options.Confidence)) continue;
            var box = geometry.ToImage(head.BoxAt(i));
            if (form != MaskRcnnForm.Torchvision && form != MaskRcnnForm.OnnxZoo)
                box = box.ClipTo(geometry.ImageWidth, geometry.ImageHeight);
            // Detectron2 drops a box that clipping leaves empty.
            if (IsDetectron && !(box.Width > 0 && box.Height > 0)) continue;
            var classIndex = (int)Math.Clamp(head.ClassAt(i), -1, int.MaxValue);
            var label = labels.Of<TLabel>(classIndex);
            var mask = options.Masks ? MaskOf(head, i, box, geometry, buffer) : null;
            result.Add(new(label, classIndex, head.Scores[i], box, mask));
        }
    }

    private Mask MaskOf(in MaskRcnnHead head, int index, Box box, in MaskRcnnGeometry geometry, MaskBuffer? buffer)
    {
        var frame = (geometry.ImageWidth, geometry.ImageHeight);
        if (IsDetectron) return _paster.Sample(head, index, box, frame, options.MaskThreshold, buffer);
        return form == MaskRcnnForm.Torchvision
            ? MaskCutter.Cut(head.MaskAt(index), box, frame, options.MaskThreshold, buffer)
            : _paster.Resize(head, index, box, frame, options.MaskThreshold, buffer);
    }

    private void CheckPasted(in MaskRcnnHead head, in MaskRcnnGeometry geometry)
    {
        if (form != MaskRcnnForm.Torchvision || head.Count == 0
            || (head.MaskWidth == geometry.ImageWidth && head.MaskHeight == geometry.ImageHeight)) return;
        throw NotPasted(head.MaskWidth, head.MaskHeight, geometry.ImageWidth, geometry.ImageHeight);
    }

    /// <summary>The error about masks that are not as large as the picture.</summary>
    public static TensorException NotPasted(int maskWidth, int maskHeight, int width, int height) => new("masks",
        $"The masks came back as {maskWidth} x {maskHeight} for a picture of {width} x {height}. torchvision's export pastes "
        + "them into the picture; this is not one.");
}
