namespace TrtBindings.Vision.Yolo;

/// <summary>What a YOLO-seg engine does before and after its model: as <see cref="YoloPipeline"/>, and masks.</summary>
/// <param name="options">The engine's options.</param>
/// <param name="inputWidth">Width of the model's input.</param>
/// <param name="inputHeight">Height of the model's input.</param>
/// <param name="maxBatch">The most images of one call.</param>
/// <param name="form">Layout of the predictions.</param>
/// <param name="channels">3, or 1 for brightness.</param>
/// <param name="stride">Multiple that each image is padded to; 0 to pad all to the input's size.</param>
internal sealed class YoloSegPipeline(
    YoloSegOptions options, int inputWidth, int inputHeight, int maxBatch = 1, YoloForm form = YoloForm.Dense,
    int channels = 3, int stride = 0)
    : YoloPipeline(options, inputWidth, inputHeight, maxBatch, form: form, channels: channels, stride: stride)
{
    private readonly MaskDecoder _masks = new();
    private float[] _coefficients = [];

    /// <summary>Adds the objects of one image whose masks have pixels, in falling order of score.</summary>
    /// <param name="head">The outputs for the image.</param>
    /// <param name="geometry">Position of the image in the input.</param>
    /// <param name="labels">The model's labels.</param>
    /// <param name="result">Takes the objects.</param>
    /// <param name="buffer">Memory for the masks; new memory if <see langword="null"/>.</param>
    /// <exception cref="TensorException">The model has no label for a class.</exception>
    public void Read<TLabel>(
        in YoloSegHead head, in LetterboxGeometry geometry, ClassLabels labels, List<InstanceDetection<TLabel>> result,
        MaskBuffer? buffer)
        where TLabel : unmanaged, Enum
    {
        var kept = Find(head.Predictions);
        result.EnsureCapacity(kept.Length);
        foreach (ref readonly var one in kept)
        {
            var label = labels.Of<TLabel>(one.ClassIndex);
            var box = geometry.ToImage(one.Box);
            var mask = MaskOf(head, one, box, geometry, buffer);
            // Ultralytics drops finds without a pixel too, after it has counted to the most objects.
            if (mask is not null || options.MaskSpace == MaskSpace.None)
                result.Add(new(label, one.ClassIndex, one.Score, box, mask));
        }
    }

    private Mask? MaskOf(
        in YoloSegHead head, in Candidate candidate, Box imageBox, in LetterboxGeometry geometry, MaskBuffer? buffer) =>
        options.MaskSpace switch
        {
            MaskSpace.Image => _masks.Decode(
                head, CoefficientsOf(head, candidate.Source),
                PrototypeWindow.Of(geometry.ImageWidth, geometry.ImageHeight, head.GridWidth, head.GridHeight), imageBox,
                geometry.ImageWidth, geometry.ImageHeight, buffer),
            // The box as the model gave it: going to the image and back would round it.
            MaskSpace.Model => _masks.Decode(
                head, CoefficientsOf(head, candidate.Source), PrototypeWindow.Whole(head.GridWidth, head.GridHeight),
                candidate.Box, geometry.InputWidth, geometry.InputHeight, buffer),
            _ => null,
        };

    private ReadOnlySpan<float> CoefficientsOf(in YoloSegHead head, int source)
    {
        if (_coefficients.Length < head.Coefficients) _coefficients = new float[head.Coefficients];
        var coefficients = _coefficients.AsSpan(0, head.Coefficients);
        for (var m = 0; m < coefficients.Length; m++) coefficients[m] = head.Predictions.Other(source, m);
        return coefficients;
    }
}
