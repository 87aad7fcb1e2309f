using System.Numerics;

namespace TrtBindings.Vision.Results;

/// <summary>Follows the edges between pixels that belong to a mask and pixels that do not.</summary>
internal static class OutlineTracer
{
    /// <summary>Steps to the right, down, left and up.</summary>
    private static readonly (int X, int Y)[] Steps = [(1, 0), (0, 1), (-1, 0), (0, -1)];

    /// <summary>All outlines of a mask. Pixels that touch at a corner only belong to different outlines.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="tolerance">How far an outline may be from the pixels' edges; 0 keeps every corner.</param>
    public static MaskOutline[] Trace(Mask mask, double tolerance)
    {
        var outlines = new List<MaskOutline>();
        // Every outline has an edge above a pixel, walked to the right. An edge is followed once.
        var seen = new bool[mask.Width * mask.Height];
        for (var y = mask.Y; y < mask.Y + mask.Height; y++)
            for (var x = mask.X; x < mask.X + mask.Width; x++)
            {
                if (!mask[x, y] || mask[x, y - 1] || seen[((y - mask.Y) * mask.Width) + x - mask.X]) continue;
                var points = Follow(mask, x, y, seen);
                var isHole = MaskOutline.AreaOf(points) < 0;
                outlines.Add(new(tolerance > 0 ? Simplify(points, tolerance) : points, isHole));
            }

        return [.. outlines];
    }

    /// <summary>Walks with the mask's pixels on the right-hand side until the walk is back at its first edge.</summary>
    private static Vector2[] Follow(Mask mask, int startX, int startY, bool[] seen)
    {
        var points = new List<Vector2>();
        var (x, y, direction) = (startX, startY, 0);
        do
        {
            if (direction == 0) seen[((y - mask.Y) * mask.Width) + x - mask.X] = true;
            (x, y) = (x + Steps[direction].X, y + Steps[direction].Y);
            var turned = Turn(mask, x, y, direction);
            if (turned != direction) points.Add(new(x, y));
            direction = turned;
        }
        while ((x, y, direction) != (startX, startY, 0));
        return [.. points];
    }

    private static int Turn(Mask mask, int x, int y, int direction)
    {
        // The two pixels in front of the corner (x, y): to the left and to the right of the walk.
        var (left, right) = direction switch
        {
            0 => (mask[x, y - 1], mask[x, y]),
            1 => (mask[x, y], mask[x - 1, y]),
            2 => (mask[x - 1, y], mask[x - 1, y - 1]),
            _ => (mask[x - 1, y - 1], mask[x, y - 1]),
        };
        if (!right) return (direction + 1) & 3;
        return left ? (direction + 3) & 3 : direction;
    }

    /// <summary>Ramer, Douglas and Peucker's simplification of a closed line.</summary>
    private static Vector2[] Simplify(Vector2[] points, double tolerance)
    {
        // A closed line is two open ones between its first point and the point that is farthest from it.
        var far = 0;
        for (var i = 1; i < points.Length; i++)
        {
            if (Vector2.DistanceSquared(points[i], points[0]) > Vector2.DistanceSquared(points[far], points[0])) far = i;
        }

        var isKept = new bool[points.Length + 1];
        (isKept[0], isKept[far]) = (true, true);
        var open = new Stack<(int First, int Last)>([(0, far), (far, points.Length)]);
        while (open.TryPop(out var part))
        {
            var (worst, distance) = (0, tolerance);
            for (var i = part.First + 1; i < part.Last; i++)
            {
                var here = Distance(points[i], points[part.First], points[part.Last % points.Length]);
                if (here > distance) (worst, distance) = (i, here);
            }

            if (worst == 0) continue;
            isKept[worst] = true;
            open.Push((part.First, worst));
            open.Push((worst, part.Last));
        }

        var kept = points.Where((_, i) => isKept[i]).ToArray();
        // A line to and fro has no inside; an outline so small stays as it is.
        return kept.Length < 3 ? points : kept;
    }

    /// <summary>Distance of a point from a line segment.</summary>
    private static double Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        var line = to - from;
        var length = line.LengthSquared();
        var along = length == 0 ? 0 : Math.Clamp(Vector2.Dot(point - from, line) / length, 0, 1);
        return Vector2.Distance(point, from + (line * along));
    }
}
