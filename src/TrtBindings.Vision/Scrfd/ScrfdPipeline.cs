namespace TrtBindings.Vision.Scrfd;

/// <summary>
/// What an SCRFD engine does before and after its model: image to input, outputs to faces. Keeps its buffers. Not thread-safe.
/// </summary>
/// <param name="options">The engine's options.</param>
/// <param name="inputWidth">Width of the model's input.</param>
/// <param name="inputHeight">Height of the model's input.</param>
internal sealed class ScrfdPipeline(ScrfdOptions options, int inputWidth, int inputHeight)
{
    private readonly LinearResizer _resizer = new();
    private readonly ScrfdDecoder _decoder = new();
    private FaceDetection[] _kept = [];

    /// <summary>(value - 127.5) / 128, red first.</summary>
    public static PixelEncoding Encoding { get; } = new(1, ChannelValues.All(127.5f), ChannelValues.All(128));

    /// <summary>Black in the model's input, which fills what the image does not cover.</summary>
    public static float Filler { get; } = Encoding.Of(0).Red;

    /// <summary>Writes an image into [3, height, width] floats.</summary>
    public ScrfdGeometry Preprocess(ImageView image, Span<float> input)
    {
        var geometry = ScrfdGeometry.Fit(image.Width, image.Height, inputWidth, inputHeight);
        var planes = new InputPlanes(input, geometry.Placement, Encoding);
        planes.Pad(ChannelValues.All(Filler));
        _resizer.Run(image, geometry.Placement.Width, geometry.Placement.Height, planes);
        return geometry;
    }

    /// <summary>The faces of one image. Valid until the next call.</summary>
    /// <exception cref="TensorException">The backend returned a shape that the family does not have.</exception>
    public ReadOnlySpan<FaceDetection> Postprocess(
        ScrfdLayout layout, ImageRunner runner, int item, in ScrfdGeometry geometry)
    {
        _decoder.Clear();
        for (var level = 0; level < layout.Grid.Levels; level++)
        {
            var stride = ScrfdGrid.StrideOf(level);
            _decoder.Add(
                layout.Read(runner, 0, level, item), layout.Read(runner, 1, level, item),
                layout.Grid.HasKeyPoints ? layout.Read(runner, 2, level, item) : [],
                (int)ScrfdGrid.CellsOf(inputWidth, stride), layout.Grid.Anchors, stride, geometry.Scale, options.Confidence);
        }

        _decoder.Sort();
        if (_kept.Length < _decoder.Count) _kept = new FaceDetection[Math.Max(_decoder.Count, 2 * _kept.Length)];
        var kept = _kept.AsSpan(0, FaceSuppression.Run(_decoder, options.Iou, _kept));
        if (options.MaxFaces is not { } most || kept.Length <= most) return kept;
        FaceSelection.Run(kept, most, options.Ranking, geometry.ImageWidth, geometry.ImageHeight);
        return kept[..most];
    }
}
