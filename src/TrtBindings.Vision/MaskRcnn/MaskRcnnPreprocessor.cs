namespace TrtBindings.Vision.MaskRcnn;

/// <summary>
/// Writes images into a Mask R-CNN's input as its exporter's conventions ask. Keeps its buffers. Not thread-safe.
/// </summary>
internal sealed class MaskRcnnPreprocessor(MaskRcnnForm form)
{
    /// <summary>Means that Detectron2's and the zoo's models subtract: red, green, blue.</summary>
    private static readonly ChannelValues Detectron2Mean = new(123.675f, 116.28f, 103.53f);
    private static readonly ChannelValues ZooMean = new(122.7717f, 115.9465f, 102.9801f);
    private static readonly ChannelValues NvidiaFiller = new(124, 116, 104);

    private readonly float[] _shares = [.. Enumerable.Range(0, 3 * 256).Select(i => (i & 255) / 255f)];
    private readonly LinearResizer _copier = new();
    private readonly FloatResizer _floats = FloatResizer.Of(ResizeFilter.Bilinear, antialiased: false);
    private readonly AntialiasedResizer _pillow = new(ResizeFilter.Bilinear);

    /// <summary>Encoding of 8-bit colours.</summary>
    public PixelEncoding Encoding { get; } = form switch
    {
        MaskRcnnForm.Detectron2 or MaskRcnnForm.NvidiaSample => new(1, ChannelValues.All(0), ChannelValues.All(1), IsBgr: true),
        MaskRcnnForm.OnnxZoo => new(1, ZooMean, ChannelValues.All(1), IsBgr: true),
        _ => PixelEncoding.UnitRange,
    };

    /// <summary>Value of the padding: what becomes 0 by normalisation in the graph, or black.</summary>
    public ChannelValues Filler { get; } = form switch
    {
        MaskRcnnForm.Detectron2 => Detectron2Mean,
        MaskRcnnForm.NvidiaSample => NvidiaFiller,
        _ => ChannelValues.All(0),
    };

    /// <summary>Writes an image and the padding.</summary>
    public void Run(ImageView image, in InputPlacement placement, Span<float> input)
    {
        var planes = new InputPlanes(input, placement, Encoding);
        planes.Pad(Filler);
        switch (form)
        {
            case MaskRcnnForm.Torchvision:
                // The size is the same, so this only encodes.
                _copier.Run(image, placement.Width, placement.Height, planes);
                break;
            case MaskRcnnForm.FixedSlots:
                _floats.Begin(image, CropGeometry.Stretched(placement.Width, placement.Height));
                for (var y = 0; y < placement.Height; y++) planes.WriteRow(y, _floats.Row(image, y, _shares));
                break;
            default:
                _pillow.Run(image, placement.Width, placement.Height, planes);
                break;
        }
    }
}
