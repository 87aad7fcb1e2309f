using TrtBindings.Vision.Imaging;

namespace TrtBindings.Vision.MaskRcnn;

/// <summary>Writes pictures into a Mask R-CNN's input, as its exporter wants them. Keeps its buffers. Not thread-safe.</summary>
internal sealed class MaskRcnnPreprocessor(MaskRcnnForm form)
{
    /// <summary>What Detectron2's and the zoo's models take off, as red, green, blue.</summary>
    private static readonly ChannelValues Detectron2Mean = new(123.675f, 116.28f, 103.53f);
    private static readonly ChannelValues ZooMean = new(122.7717f, 115.9465f, 102.9801f);
    private static readonly ChannelValues NvidiaFiller = new(124, 116, 104);

    private readonly LinearResizer _copier = new();
    private readonly FloatResizer _floats = new();
    private readonly AntialiasedResizer _pillow = new();

    /// <summary>How 8-bit colours become the input's numbers.</summary>
    public PixelEncoding Encoding { get; } = form switch
    {
        MaskRcnnForm.Detectron2 or MaskRcnnForm.NvidiaSample => new(1, ChannelValues.All(0), ChannelValues.All(1), IsBgr: true),
        MaskRcnnForm.OnnxZoo => new(1, ZooMean, ChannelValues.All(1), IsBgr: true),
        _ => PixelEncoding.UnitRange,
    };

    /// <summary>
    /// What fills the input where the picture does not reach: what normalisation makes zero, and black
    /// in 0 to 1.
    /// </summary>
    public ChannelValues Filler { get; } = form switch
    {
        MaskRcnnForm.Detectron2 => Detectron2Mean,
        MaskRcnnForm.NvidiaSample => NvidiaFiller,
        _ => ChannelValues.All(0),
    };

    /// <summary>Writes a picture and what fills the input up.</summary>
    public void Run(ImageView image, in InputPlacement placement, Span<float> input)
    {
        var planes = new InputPlanes(input, placement, Encoding);
        planes.Pad(Filler);
        switch (form)
        {
            case MaskRcnnForm.Torchvision:
                // Of the same size, a resize changes nothing.
                _copier.Run(image, placement.Width, placement.Height, planes);
                break;
            case MaskRcnnForm.FixedSlots:
                _floats.Run(image, placement.Width, placement.Height, planes);
                break;
            default:
                _pillow.Begin(image, CropGeometry.Stretched(placement.Width, placement.Height), ResizeFilter.Bilinear);
                for (var y = 0; y < placement.Height; y++) planes.WriteRow(y, _pillow.Row(y));
                break;
        }
    }
}
