using System.Globalization;

namespace TrtBindings.Samples;

/// <summary>
/// A letter as lines, in units of which a capital is 14 high; y grows downwards from the top of a capital.
/// </summary>
internal sealed record Glyph(float Width, Stroke[] Strokes)
{
    /// <summary>Pieces of a full circle: enough for letters on a label.</summary>
    private const int CircleSteps = 32;

    /// <summary>
    /// Reads "width; L x y x y ...; A centreX centreY radiusX radiusY fromDegrees toDegrees; ...". Angles turn
    /// clockwise from the right; an arc whose end is smaller than its start turns the other way.
    /// </summary>
    public static Glyph Parse(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        return new(float.Parse(parts[0], CultureInfo.InvariantCulture), Array.ConvertAll(parts[1..], StrokeOf));
    }

    private static Stroke StrokeOf(string text)
    {
        var numbers = Array.ConvertAll(
            text[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries),
            part => float.Parse(part, CultureInfo.InvariantCulture));
        return text[0] == 'A' ? Arc(numbers) : Line(numbers);
    }

    private static Stroke Line(float[] numbers)
    {
        var points = new (float, float)[numbers.Length / 2];
        for (var i = 0; i < points.Length; i++) points[i] = (numbers[2 * i], numbers[2 * i + 1]);
        return new(points);
    }

    private static Stroke Arc(float[] numbers)
    {
        var (from, to) = (numbers[4], numbers[5]);
        var steps = Math.Max(2, (int)(Math.Abs(to - from) / 360 * CircleSteps));
        var points = new (float, float)[steps + 1];
        for (var i = 0; i <= steps; i++)
        {
            var (sin, cos) = MathF.SinCos((from + (to - from) * i / steps) * MathF.PI / 180);
            points[i] = (numbers[0] + numbers[2] * cos, numbers[1] + numbers[3] * sin);
        }

        return new(points);
    }
}
