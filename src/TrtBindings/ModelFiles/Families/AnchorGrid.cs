namespace TrtBindings.ModelFiles.Families;

/// <summary>
/// The cells of a detector's grids over an image of a fixed size. A head without selection has one prediction for each cell
/// (YOLOv8, YOLOX), or three (YOLOv5, YOLOv7).
/// </summary>
internal readonly struct AnchorGrid
{
    /// <summary>Smallest and largest stride of the pyramids in use: P3 to P5, P3 to P6, P2 to P5, P4 and P5.</summary>
    private static readonly (int First, int Last)[] Pyramids = [(8, 32), (8, 64), (4, 32), (16, 32)];

    private readonly long _width;
    private readonly long _height;

    private AnchorGrid(long width, long height) => (_width, _height) = (width, height);

    /// <summary>Whether the size of the image is known.</summary>
    public bool IsKnown => _width > 0;

    /// <summary>The grids of an input [N, channels, H, W].</summary>
    public static AnchorGrid Of(TensorDescription image)
    {
        var (height, width) = (image.Shape.Dimensions[2], image.Shape.Dimensions[3]);
        return height.IsFixed && width.IsFixed && height.Value is > 0 and <= 1 << 20 && width.Value is > 0 and <= 1 << 20
            ? new(width.Value, height.Value) : default;
    }

    /// <summary>Whether there are so many predictions for each cell.</summary>
    public bool Has(long predictions, int perCell)
    {
        if (!IsKnown) return false;
        foreach (var (first, last) in Pyramids)
            if (predictions > 0 && predictions == perCell * Cells(first, last)) return true;
        return false;
    }

    /// <summary>Cells of the grids of strides 8 up to the last.</summary>
    public static long CellsOf(long width, long height, int lastStride) => new AnchorGrid(width, height).Cells(8, lastStride);

    private long Cells(int first, int last)
    {
        var cells = 0L;
        for (var stride = first; stride <= last; stride *= 2) cells += (_width / stride) * (_height / stride);
        return cells;
    }
}
