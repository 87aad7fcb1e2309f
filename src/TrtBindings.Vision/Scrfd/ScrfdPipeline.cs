using TrtBindings.Vision.Imaging;

namespace TrtBindings.Vision.Scrfd;

/// <summary>
/// Everything of an SCRFD engine but the model: image to input, outputs to faces. Keeps its buffers. Not thread-safe. Each
/// image is handled for itself: its result does not depend on its place in a batch.
/// </summary>
internal sealed class ScrfdPipeline(ScrfdOptions options, ScrfdLayout layout)
{
    private readonly LinearResizer _resizer = new();
    private readonly ScrfdDecoder _decoder = new();
    private FaceDetection[] _kept = [];

    /// <summary>(value - 127.5) / 128, red first.</summary>
    public static PixelEncoding Encoding { get; } = new(1, ChannelValues.All(127.5f), ChannelValues.All(128));

    /// <summary>What black becomes, which fills what the image does not cover.</summary>
    public static float Filler { get; } = Encoding.Of(0).Red;

    /// <summary>Writes an image into [3, height, width] floats.</summary>
    public ScrfdGeometry Preprocess(ImageView image, Span<float> input)
    {
        image.ThrowIfEmpty();
        var geometry = ScrfdGeometry.Fit(image.Width, image.Height, layout.Input.Width, layout.Input.Height);
        var planes = new InputPlanes(input, geometry.Placement, Encoding);
        planes.Pad(ChannelValues.All(Filler));
        _resizer.Run(image, geometry.Placement.Width, geometry.Placement.Height, planes);
        return geometry;
    }

    /// <summary>The faces of one image. Valid until the next call.</summary>
    /// <exception cref="TensorException">The backend reported a shape that this family does not have.</exception>
    public ReadOnlySpan<FaceDetection> Postprocess(
        IReadOnlyList<TensorBuffer> outputs, int batch, int item, in ScrfdGeometry geometry)
    {
        _decoder.Clear();
        for (var level = 0; level < layout.Levels; level++)
        {
            var stride = ScrfdLayout.StrideOf(level);
            _decoder.Add(
                layout.Read(outputs, 0, level, batch, item), layout.Read(outputs, 1, level, batch, item),
                layout.HasKeyPoints ? layout.Read(outputs, 2, level, batch, item) : [],
                ScrfdLayout.Cells(layout.Input.Width, stride), layout.AnchorsPerCell, stride, geometry.Scale,
                options.Confidence);
        }

        _decoder.Sort();
        if (_kept.Length < _decoder.Count) _kept = new FaceDetection[Math.Max(_decoder.Count, 2 * _kept.Length)];
        var kept = _kept.AsSpan(0, FaceSuppression.Run(_decoder, options.Iou, _kept));
        if (options.MaxFaces is not { } most || kept.Length <= most) return kept;
        FaceSelection.Run(kept, most, options.Ranking, geometry.ImageWidth, geometry.ImageHeight);
        return kept[..most];
    }
}
