namespace TrtBindings.Vision.MaskRcnn;

/// <summary>
/// Everything of a Mask R-CNN engine but the model: image to input, outputs to instances. Keeps its buffers. Not thread-safe.
/// Each image is handled for itself: its result does not depend on its place in a batch.
/// </summary>
internal sealed class MaskRcnnPipeline(MaskRcnnOptions options, MaskRcnnLayout layout)
{
    private readonly MaskRcnnPreprocessor _preprocessor = new(layout.Form);
    private readonly MaskPaster _paster = new();
    private MaskRcnnInstance[] _instances = [];

    /// <summary>What stands in for an image that is not there.</summary>
    public static float Filler => 0;

    /// <summary>Where an image will lie.</summary>
    /// <exception cref="ImageException">The image is empty.</exception>
    /// <exception cref="TensorException">The model takes pictures of another size only.</exception>
    public MaskRcnnGeometry Place(ImageView image)
    {
        image.ThrowIfEmpty();
        return MaskRcnnGeometry.Of(layout, image.Width, image.Height);
    }

    /// <summary>Writes an image into [3, height, width] floats.</summary>
    public void Preprocess(ImageView image, in MaskRcnnGeometry geometry, Span<float> input) =>
        _preprocessor.Run(image, geometry.Placement, input);

    /// <summary>The instances of one image, in the model's order, which is best first. Valid until the next call.</summary>
    /// <exception cref="TensorException">Masks of another size than the image, from a model that pastes them.</exception>
    public ReadOnlySpan<MaskRcnnInstance> Postprocess(
        scoped in MaskRcnnHead head, in MaskRcnnGeometry geometry, MaskBuffer? buffer = null)
    {
        CheckPasted(head, geometry);
        if (_instances.Length < head.Count) _instances = new MaskRcnnInstance[head.Count];
        var most = Math.Min(options.MaxDetections ?? int.MaxValue, head.Count);
        var count = 0;
        for (var i = 0; i < head.Count && count < most; i++)
        {
            if (!(head.Scores[i] > options.Confidence)) continue;
            var box = geometry.ToImage(head.BoxAt(i));
            if (layout.Form != MaskRcnnForm.Torchvision && layout.Form != MaskRcnnForm.OnnxZoo)
                box = box.ClipTo(geometry.ImageWidth, geometry.ImageHeight);
            // Detectron2 drops what clipping leaves nothing of.
            if (IsDetectron && !(box.Width > 0 && box.Height > 0)) continue;
            _instances[count++] = new(
                (int)Math.Clamp(head.ClassAt(i), -1, int.MaxValue), head.Scores[i], box,
                options.Masks ? MaskOf(head, i, box, geometry, buffer) : null);
        }

        return _instances.AsSpan(0, count);
    }

    /// <summary>Forgets the last results, so that they can be collected.</summary>
    public void Release() => Array.Clear(_instances);

    private bool IsDetectron => layout.Form is MaskRcnnForm.Detectron2 or MaskRcnnForm.NvidiaSample;

    private Mask MaskOf(in MaskRcnnHead head, int index, Box box, in MaskRcnnGeometry geometry, MaskBuffer? buffer)
    {
        var frame = (geometry.ImageWidth, geometry.ImageHeight);
        if (IsDetectron) return _paster.Sample(head, index, box, frame, options.MaskThreshold, buffer);
        return layout.Form == MaskRcnnForm.Torchvision
            ? MaskCutter.Cut(head.MaskAt(index), box, frame, options.MaskThreshold, buffer)
            : _paster.Resize(head, index, box, frame, options.MaskThreshold, buffer);
    }

    private void CheckPasted(in MaskRcnnHead head, in MaskRcnnGeometry geometry)
    {
        if (layout.Form != MaskRcnnForm.Torchvision || head.Count == 0
            || (head.MaskWidth == geometry.ImageWidth && head.MaskHeight == geometry.ImageHeight)) return;
        throw new TensorException("masks", $"The masks came back as {head.MaskWidth} x {head.MaskHeight} for a picture of "
            + $"{geometry.ImageWidth} x {geometry.ImageHeight}. This is not torchvision's export, which pastes them.");
    }
}
