using SkiaSharp;

namespace TrtBindings.Vision;

/// <summary>
/// Draws what engines find: masks, boxes, oriented boxes, key points with skeletons, labels with scores, class maps with a
/// legend. Lines and letters are antialiased, grow with the picture, and have an edge of the opposite brightness, so that
/// they show on any background. Thread-safe as long as each picture or canvas is used by one thread.
/// </summary>
public static class Overlay
{
    /// <summary>A copy of a picture with the results of one call drawn on it.</summary>
    /// <typeparam name="T">
    /// What an engine found: any <see cref="IDetection"/>, or an <see cref="IClassification"/> of the whole picture, which is
    /// listed in a corner.
    /// </typeparam>
    /// <param name="picture">The picture that the results belong to. It is not changed.</param>
    /// <param name="found">The results; small ones are drawn over large ones.</param>
    /// <param name="options">What to draw and how; <see langword="null"/> for the defaults.</param>
    /// <returns>The drawing; the caller disposes it.</returns>
    /// <exception cref="ImageException">
    /// The picture is empty, or a mask belongs to a frame of another size: ask the engine for masks in the image's pixels.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static SKBitmap Draw<T>(SKBitmap picture, IReadOnlyList<T> found, OverlayOptions? options = null)
        where T : IClassification
    {
        var (result, canvas) = CopyOf(picture);
        using (canvas) DrawOn(canvas, picture.Width, picture.Height, found, options);
        return result;
    }

    /// <summary>A copy of a picture with the areas of its classes tinted and outlined, and a legend.</summary>
    /// <typeparam name="TLabel">Enum of the class labels.</typeparam>
    /// <param name="picture">The picture that the map belongs to. It is not changed.</param>
    /// <param name="map">
    /// The classes; a map of another size is stretched over the picture. A class named background stays as it is.
    /// </param>
    /// <param name="options">What to draw and how; <see langword="null"/> for the defaults. Each class has its colour.</param>
    /// <returns>The drawing; the caller disposes it.</returns>
    /// <exception cref="ImageException">The picture or the map is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static SKBitmap Draw<TLabel>(SKBitmap picture, ClassMap<TLabel> map, OverlayOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        var (result, canvas) = CopyOf(picture);
        using (canvas) DrawOn(canvas, picture.Width, picture.Height, map, options);
        return result;
    }

    /// <summary>Draws the results of one call onto a canvas of yours, for example a window's.</summary>
    /// <typeparam name="T">What an engine found.</typeparam>
    /// <param name="canvas">The canvas; its units are pixels of the picture. Scale it to draw smaller or larger.</param>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    /// <param name="found">The results; small ones are drawn over large ones.</param>
    /// <param name="options">What to draw and how; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ImageException">A mask belongs to a frame of another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or a size is below 1.</exception>
    public static void DrawOn<T>(
        SKCanvas canvas, int width, int height, IReadOnlyList<T> found, OverlayOptions? options = null)
        where T : IClassification
    {
        ArgumentNullException.ThrowIfNull(found);
        options ??= new();
        if (typeof(T) == typeof(FaceDetection))
            options = options with { KeyPointNames = options.KeyPointNames ?? FaceNames, Skeleton = options.Skeleton ?? [] };
        using var painter = new Painter(canvas, width, height, options);
        IDetection[] detections = [.. found.Select(one => one as IDetection).OfType<IDetection>()];
        if (detections.Length > 0) painter.Draw(detections);
        else painter.List([.. found.Cast<IClassification>()]);
    }

    /// <summary>Draws the areas of classes onto a canvas of yours.</summary>
    /// <typeparam name="TLabel">Enum of the class labels.</typeparam>
    /// <param name="canvas">The canvas; its units are pixels of the picture.</param>
    /// <param name="width">Width of the picture in pixels.</param>
    /// <param name="height">Height of the picture in pixels.</param>
    /// <param name="map">The classes; a map of another size is stretched over the picture.</param>
    /// <param name="options">What to draw and how; <see langword="null"/> for the defaults. Each class has its colour.</param>
    /// <exception cref="ImageException">The map is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static void DrawOn<TLabel>(
        SKCanvas canvas, int width, int height, ClassMap<TLabel> map, OverlayOptions? options = null)
        where TLabel : unmanaged, Enum
    {
        ArgumentNullException.ThrowIfNull(map);
        if (map.Width == 0) throw new ImageException("The class map is empty.");
        using var painter = new Painter(canvas, width, height, options ?? new());
        painter.Draw(map);
    }

    /// <summary>Draws a line of text with the built-in font, which needs no font on the machine.</summary>
    /// <param name="canvas">The canvas.</param>
    /// <param name="text">Printable ASCII characters; see <see cref="OverlayOptions.Typeface"/> for others.</param>
    /// <param name="left">Left edge of the first letter.</param>
    /// <param name="top">Top of a capital letter.</param>
    /// <param name="height">Height of a capital letter, above 0.</param>
    /// <param name="color">The colour.</param>
    /// <returns>Width of the text.</returns>
    public static float DrawText(SKCanvas canvas, string text, float left, float top, float height, SKColor color)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        using var font = new LabelFont(null, height);
        font.Draw(canvas, text, left, top, color);
        return font.WidthOf(text);
    }

    private static string[] FaceNames { get; } = ["left eye", "right eye", "nose", "mouth, left", "mouth, right"];

    private static (SKBitmap Copy, SKCanvas Canvas) CopyOf(SKBitmap picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Width == 0 || picture.Height == 0) throw new ImageException("The picture is empty.");
        var alpha = picture.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        var copy = new SKBitmap(picture.Width, picture.Height, SKColorType.Rgba8888, alpha);
        var canvas = new SKCanvas(copy);
        canvas.DrawBitmap(picture, 0, 0, SKSamplingOptions.Default);
        return (copy, canvas);
    }
}
