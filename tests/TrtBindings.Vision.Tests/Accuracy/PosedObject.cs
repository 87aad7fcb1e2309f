namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>
/// One object: visible pixels, and of each point x, y and COCO's flag: 2 seen, 1 hidden, 0 outside the picture.
/// </summary>
internal sealed record PosedObject(int Class, float[] Box, int Area, float[][] Points)
{
    /// <summary>COCO's object key point similarity over the points that lie in the picture; 0 if none does.</summary>
    public double Similarity(ReadOnlySpan<DetectionKeyPoint> points, double sigma)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < Points.Length; i++)
        {
            if (Points[i][2] == 0) continue;
            var (dx, dy) = (points[i].X - Points[i][0], points[i].Y - Points[i][1]);
            sum += Math.Exp(-((dx * dx) + (dy * dy)) / (2 * Area * (2 * sigma) * (2 * sigma)));
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }
}
