using System.Globalization;
using SkiaSharp;

namespace TrtBindings.Vision;

/// <summary>Draws results onto the canvas of one picture.</summary>
internal sealed class Painter : IDisposable
{
    /// <summary>Greatest distance of a drawn outline from the mask's pixels: the steps of a slope become a line.</summary>
    private const double OutlineTolerance = 0.9;

    private readonly SKCanvas _canvas;
    private readonly SKSize _size;
    private readonly OverlayOptions _options;
    private readonly float _line;
    private readonly LabelFont _font;
    private readonly SKPaint _fill = new() { IsAntialias = true };
    private readonly SKPaint _stroke = new()
    {
        IsAntialias = true,
        Style = SKPaintStyle.Stroke,
        StrokeCap = SKStrokeCap.Round,
        StrokeJoin = SKStrokeJoin.Round,
    };

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range, or a size is below 1.</exception>
    public Painter(SKCanvas canvas, int width, int height, OverlayOptions options)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        options.Validate();
        (_canvas, _size, _options) = (canvas, new(width, height), options);
        var side = Math.Min(width, height);
        _line = options.LineWidth ?? Math.Max(1, side / 300f);
        _font = new(options.Typeface, options.TextHeight ?? Math.Clamp(side / 55f, 7, 60));
    }

    public void Dispose()
    {
        _font.Dispose();
        _fill.Dispose();
        _stroke.Dispose();
    }

    /// <summary>Draws detections: masks below boxes below key points below labels.</summary>
    public void Draw(IReadOnlyList<IDetection> found)
    {
        int[] largestFirst = [.. Enumerable.Range(0, found.Count).OrderByDescending(i => found[i].Box.Area)];
        foreach (var i in largestFirst)
            if (_options.Masks && found[i].Mask is { } mask) DrawMask(mask, ColorOf(found, i));
        foreach (var i in largestFirst)
            if (_options.Boxes) DrawBox(found[i], ColorOf(found, i));
        foreach (var i in largestFirst) DrawKeyPoints(found[i], ColorOf(found, i));

        var plates = new LabelPlates(_size.Width, _size.Height);
        for (var i = 0; i < found.Count; i++) DrawLabel(TextOf(found[i], i), Rectangle(found[i].Box), ColorOf(found, i), plates);
        if (!_options.Legend || _options.KeyPointNames is not { } names || found.All(one => one.KeyPoints.IsEmpty)) return;
        Legend.Draw(
            _canvas, _size, _font, [.. names.Select((name, i) => (name, Color(i)))],
            [.. found.Select(one => Rectangle(one.Box))]);
    }

    /// <summary>Lists classes of the whole picture in a corner.</summary>
    public void List(IReadOnlyList<IClassification> found) => Legend.Draw(
        _canvas, _size, _font, [.. found.Select((one, i) => (TextOf(one, i), ColorOf(found, i)))], []);

    /// <summary>Draws the areas of a class map.</summary>
    public void Draw<TLabel>(ClassMap<TLabel> map)
        where TLabel : unmanaged, Enum
    {
        var entries = new List<(string Text, SKColor Color)>();
        var state = _canvas.Save();
        _canvas.Scale(_size.Width / map.Width, _size.Height / map.Height);
        foreach (var label in Enum.GetValues<TLabel>())
        {
            var name = label.ToString();
            if (map.AreaOf(label) == 0 || name.Trim('_').Equals("background", StringComparison.OrdinalIgnoreCase)) continue;
            var color = Color(map.IndexOf(label));
            using var path = PathOf(map.MaskOf(label));
            if (_options.Masks) Fill(path, color);
            Stroke(path, color, _line * map.Width / _size.Width);
            entries.Add((name, color));
        }

        _canvas.RestoreToCount(state);
        if (_options.Legend) Legend.Draw(_canvas, _size, _font, entries, []);
    }

    private SKColor Color(int index) => _options.Colors[index % _options.Colors.Count];

    private SKColor ColorOf(IReadOnlyList<IClassification> found, int index) =>
        Color(_options.Coloring == OverlayColoring.Class ? Math.Max(0, found[index].ClassIndex) : index);

    private string TextOf(IClassification one, int index)
    {
        var number = _options.Numbers ? $"{index + 1}" : null;
        var label = _options.Labels ? one.LabelName : null;
        var score = _options.Scores ? one.Score.ToString("0.00", CultureInfo.InvariantCulture) : null;
        var text = string.Join(' ', new[] { label, score }.Where(part => !string.IsNullOrEmpty(part)));
        return number is null ? text : text.Length == 0 ? number : $"{number}: {text}";
    }

    private void DrawMask(Mask mask, SKColor color)
    {
        if ((mask.FrameWidth, mask.FrameHeight) != ((int)_size.Width, (int)_size.Height))
        {
            throw new ImageException($"A mask of a frame of {mask.FrameWidth} x {mask.FrameHeight} cannot be drawn on a picture "
                + $"of {_size.Width} x {_size.Height}. Ask the engine for masks in the image's pixels (MaskSpace.Image).");
        }

        using var path = PathOf(mask);
        Fill(path, color);
        Stroke(path, color, _line);
    }

    private static SKPath PathOf(Mask mask)
    {
        using var path = new SKPathBuilder();
        foreach (var outline in mask.ToOutlines(OutlineTolerance))
        {
            var points = outline.Points.Span;
            path.MoveTo(points[0].X, points[0].Y);
            foreach (var point in points[1..]) path.LineTo(point.X, point.Y);
            path.Close();
        }

        return path.Detach();
    }

    private void Fill(SKPath path, SKColor color)
    {
        _fill.Color = color.WithAlpha((byte)MathF.Round(_options.MaskOpacity * 255));
        _canvas.DrawPath(path, _fill);
    }

    private void Stroke(SKPath path, SKColor color, float width)
    {
        (_stroke.Color, _stroke.StrokeWidth) = (Contrast.EdgeOf(color), width + Math.Max(1, width * 0.6f));
        _canvas.DrawPath(path, _stroke);
        (_stroke.Color, _stroke.StrokeWidth) = (color, width);
        _canvas.DrawPath(path, _stroke);
    }

    private void DrawBox(IDetection one, SKColor color)
    {
        using var path = new SKPathBuilder();
        if (one.OrientedBox is { } turned)
        {
            var (first, second, third, fourth) = turned.Corners;
            path.AddPoly([new(first.X, first.Y), new(second.X, second.Y), new(third.X, third.Y), new(fourth.X, fourth.Y)], true);
        }
        else path.AddRect(Rectangle(one.Box));

        using var box = path.Detach();
        Stroke(box, color, _line);
    }

    private void DrawKeyPoints(IDetection one, SKColor color)
    {
        var points = one.KeyPoints.Span;
        if (points.IsEmpty) return;
        using (var lines = new SKPathBuilder())
        {
            foreach (var (from, to) in SkeletonOf(points.Length))
            {
                if ((uint)from >= (uint)points.Length || (uint)to >= (uint)points.Length) continue;
                if (!IsSeen(points[from]) || !IsSeen(points[to])) continue;
                lines.MoveTo(points[from].X, points[from].Y);
                lines.LineTo(points[to].X, points[to].Y);
            }

            using var path = lines.Detach();
            Stroke(path, color, _line);
        }

        // A small face has small points.
        var radius = Math.Clamp(Math.Min(one.Box.Width, one.Box.Height) * 0.035f, _line, _line * 2.2f);
        for (var i = 0; i < points.Length; i++)
        {
            if (!IsSeen(points[i])) continue;
            Disc(points[i], radius + (_line * 1.2f), Contrast.Black);
            Disc(points[i], radius + (_line * 0.6f), SKColors.White);
            Disc(points[i], radius, _options.KeyPointNames is null ? color : Color(i));
        }
    }

    private IReadOnlyList<(int From, int To)> SkeletonOf(int points) => _options.Skeleton
        ?? (points == 17 ? OverlayOptions.CocoSkeleton : [.. Enumerable.Range(1, points - 1).Select(i => (i - 1, i))]);

    /// <summary>Says whether a point is drawn. One that is not a number is not.</summary>
    private bool IsSeen(DetectionKeyPoint point) =>
        !(point.Confidence < _options.KeyPointConfidence) && float.IsFinite(point.X) && float.IsFinite(point.Y);

    private void Disc(DetectionKeyPoint point, float radius, SKColor color)
    {
        _fill.Color = color;
        _canvas.DrawCircle(point.X, point.Y, radius, _fill);
    }

    private void DrawLabel(string text, SKRect box, SKColor color, LabelPlates plates)
    {
        if (text.Length == 0) return;
        var padding = _font.Height * 0.45f;
        var size = new SKSize(_font.WidthOf(text) + (2 * padding), _font.Height + (_font.Descent * 0.75f) + (2 * padding));
        var plate = plates.Place(box, size);
        (_fill.Color, _stroke.Color, _stroke.StrokeWidth) = (color, Contrast.EdgeOf(color), _line);
        _canvas.DrawRect(plate, _stroke);
        _canvas.DrawRect(plate, _fill);
        _font.Draw(_canvas, text, plate.Left + padding, plate.Top + padding, Contrast.InkOn(color));
    }

    private static SKRect Rectangle(Box box) => new(box.X1, box.Y1, box.X2, box.Y2);
}
