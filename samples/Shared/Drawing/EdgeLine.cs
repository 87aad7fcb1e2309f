namespace TrtBindings.Samples;

/// <summary>How much of each pixel the line along a mask's edge covers: smooth, whatever the mask's steps.</summary>
internal sealed class EdgeLine
{
    private readonly float[] _coverage;

    private EdgeLine(Rectangle area)
    {
        Area = area;
        _coverage = new float[area.Area];
    }

    public Rectangle Area { get; }

    public float Coverage(int x, int y) => _coverage[(y - Area.Top) * Area.Width + x - Area.Left];

    /// <summary>A disc with a soft rim at every edge pixel; where discs overlap, the stronger counts.</summary>
    public static EdgeLine Of(MaskShape mask, float width)
    {
        var radius = width / 2;
        var reach = (int)MathF.Ceiling(radius + 0.5f);
        var area = mask.Area;
        var line = new EdgeLine(new(area.Left - reach, area.Top - reach, area.Right + reach, area.Bottom + reach));
        for (var y = area.Top; y < area.Bottom; y++)
            for (var x = area.Left; x < area.Right; x++)
                if (mask.IsEdge(x, y)) line.AddDisc(x, y, radius, reach);
        return line;
    }

    private void AddDisc(int centerX, int centerY, float radius, int reach)
    {
        for (var dy = -reach; dy <= reach; dy++)
            for (var dx = -reach; dx <= reach; dx++)
            {
                ref var here = ref _coverage[(centerY + dy - Area.Top) * Area.Width + centerX + dx - Area.Left];
                here = Math.Max(here, Math.Clamp(radius + 0.5f - MathF.Sqrt(dx * dx + dy * dy), 0, 1));
            }
    }
}
