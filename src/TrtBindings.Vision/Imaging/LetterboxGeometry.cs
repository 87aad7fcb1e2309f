namespace TrtBindings.Vision;

/// <summary>
/// Position of an image in a model's input: scaled by one factor to fit, centred, padded. As in Ultralytics 8.4.190, sides are
/// rounded half to even and are at least 1, and an odd pixel of padding goes to the right or bottom.
/// </summary>
public readonly record struct LetterboxGeometry
{
    /// <summary>Width of the image in pixels.</summary>
    public int ImageWidth { get; private init; }

    /// <summary>Height of the image in pixels.</summary>
    public int ImageHeight { get; private init; }

    /// <summary>Width of the model's input in pixels.</summary>
    public int InputWidth { get; private init; }

    /// <summary>Height of the model's input in pixels.</summary>
    public int InputHeight { get; private init; }

    /// <summary>min(input width / image width, input height / image height); above 1 the image is enlarged.</summary>
    public double Scale { get; private init; }

    /// <summary>Width of the scaled image in input pixels.</summary>
    public int ScaledWidth { get; private init; }

    /// <summary>Height of the scaled image in input pixels.</summary>
    public int ScaledHeight { get; private init; }

    /// <summary>Padding on the left in input pixels.</summary>
    public int Left { get; private init; }

    /// <summary>Padding at the top in input pixels.</summary>
    public int Top { get; private init; }

    /// <summary>Padding on the right in input pixels.</summary>
    public int Right => InputWidth - Left - ScaledWidth;

    /// <summary>Padding at the bottom in input pixels.</summary>
    public int Bottom => InputHeight - Top - ScaledHeight;

    /// <summary>Fits an image into an input of a fixed size.</summary>
    /// <exception cref="ImageException">A size below 1.</exception>
    public static LetterboxGeometry Fit(int imageWidth, int imageHeight, int inputWidth, int inputHeight)
    {
        if (imageWidth < 1 || imageHeight < 1 || inputWidth < 1 || inputHeight < 1)
        {
            throw new ImageException($"An image of {imageWidth} x {imageHeight} cannot be fitted into "
                + $"{inputWidth} x {inputHeight}; every side must be at least 1.");
        }

        var scale = Math.Min(inputHeight / (double)imageHeight, inputWidth / (double)imageWidth);
        var (width, height) = (ScaledSide(imageWidth, scale), ScaledSide(imageHeight, scale));
        return new()
        {
            ImageWidth = imageWidth,
            ImageHeight = imageHeight,
            InputWidth = inputWidth,
            InputHeight = inputHeight,
            Scale = scale,
            ScaledWidth = width,
            ScaledHeight = height,
            Left = LeadingPad(inputWidth - width),
            Top = LeadingPad(inputHeight - height),
        };
    }

    /// <summary>
    /// Fits an image with the least padding that makes both sides multiples of <paramref name="stride"/>, for a model of a
    /// dynamic input size (Ultralytics' "auto" or rectangular inference).
    /// </summary>
    /// <exception cref="ImageException">A size or the stride below 1.</exception>
    public static LetterboxGeometry FitStride(
        int imageWidth, int imageHeight, int maxWidth, int maxHeight, int stride = 32)
    {
        if (stride < 1) throw new ImageException($"The stride must be at least 1, not {stride}.");
        var square = Fit(imageWidth, imageHeight, maxWidth, maxHeight);
        var padX = (maxWidth - square.ScaledWidth) % stride;
        var padY = (maxHeight - square.ScaledHeight) % stride;
        return square with
        {
            InputWidth = square.ScaledWidth + padX,
            InputHeight = square.ScaledHeight + padY,
            Left = LeadingPad(padX),
            Top = LeadingPad(padY),
        };
    }

    /// <summary><see cref="FitStride"/>, or <see cref="Fit"/> for a stride of 0.</summary>
    internal static LetterboxGeometry Of(int imageWidth, int imageHeight, int width, int height, int stride) => stride == 0
        ? Fit(imageWidth, imageHeight, width, height) : FitStride(imageWidth, imageHeight, width, height, stride);

    /// <summary>Where the scaled image lies in the input.</summary>
    internal InputPlacement Placement => new(InputWidth, InputHeight, ScaledWidth, ScaledHeight, Left, Top);

    /// <summary>The part of a grid over the whole input that the image covers; at least one point.</summary>
    internal PixelRegion InGrid(int gridWidth, int gridHeight)
    {
        var (left, right) = Covered(Left, ScaledWidth, gridWidth / (double)InputWidth, gridWidth);
        var (top, bottom) = Covered(Top, ScaledHeight, gridHeight / (double)InputHeight, gridHeight);
        return new(left, top, right, bottom);
    }

    private static (int First, int End) Covered(int start, int length, double scale, int grid)
    {
        var first = Math.Min((int)Math.Round(start * scale), grid - 1);
        return (first, Math.Max((int)Math.Round((start + length) * scale), first + 1));
    }

    /// <summary>
    /// Fits an image as YOLOX does: at the top left, with sides that are truncated to whole numbers. One factor goes back, that
    /// of the scale, for both axes.
    /// </summary>
    /// <exception cref="ImageException">A size below 1.</exception>
    internal static LetterboxGeometry FitTopLeft(int imageWidth, int imageHeight, int inputWidth, int inputHeight)
    {
        var centred = Fit(imageWidth, imageHeight, inputWidth, inputHeight);
        return centred with
        {
            ScaledWidth = Math.Max((int)(imageWidth * centred.Scale), 1),
            ScaledHeight = Math.Max((int)(imageHeight * centred.Scale), 1),
            Left = 0,
            Top = 0,
            HasOneGain = true,
        };
    }

    /// <summary>
    /// Converts a box from input pixels to image pixels: the padding is subtracted, each axis is divided by its own gain
    /// (scaled side / image side), and the box is clipped to the image.
    /// </summary>
    public Box ToImage(Box box)
    {
        var (gainX, gainY) = Gains;
        return new Box((box.X1 - Left) / gainX, (box.Y1 - Top) / gainY, (box.X2 - Left) / gainX, (box.Y2 - Top) / gainY)
            .ClipTo(ImageWidth, ImageHeight);
    }

    /// <summary>Converts a point from input pixels to image pixels, as <see cref="ToImage(Box)"/>.</summary>
    public (float X, float Y) ToImage(float x, float y)
    {
        var (gainX, gainY) = Gains;
        return (Math.Clamp((x - Left) / gainX, 0, ImageWidth), Math.Clamp((y - Top) / gainY, 0, ImageHeight));
    }

    /// <summary>
    /// Converts an oriented box from input pixels to image pixels: centre and size by each axis's own gain. The angle is
    /// unchanged, also where the gains differ by rounding, and nothing is clipped.
    /// </summary>
    public OrientedBox OrientedToImage(OrientedBox box)
    {
        var (gainX, gainY) = Gains;
        return new((box.CentreX - Left) / gainX, (box.CentreY - Top) / gainY, box.Width / gainX, box.Height / gainY, box.Angle);
    }

    /// <summary>Whether both axes go back by <see cref="Scale"/>, without the rounding of the scaled sides.</summary>
    private bool HasOneGain { get; init; }

    /// <summary>Input pixels for one image pixel, on each axis.</summary>
    internal (float X, float Y) Gains => HasOneGain ? ((float)Scale, (float)Scale)
        : ((float)(ScaledWidth / (double)ImageWidth), (float)(ScaledHeight / (double)ImageHeight));

    /// <summary>round(side * scale), half to even, at least 1.</summary>
    internal static int ScaledSide(int side, double scale) => Math.Max((int)Math.Round(side * scale), 1);

    /// <summary>The left or top part of the padding: round(pad / 2 - 0.1).</summary>
    private static int LeadingPad(int pad) => (int)Math.Round((pad / 2.0) - 0.1);
}
