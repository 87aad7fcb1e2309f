namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One face: its box by its edges, its five points as x and y.</summary>
internal sealed record AnnotatedFace(float[] Box, float[][] Points)
{
    /// <summary>Of the line from the left eye to the right one, in degrees, clockwise from level.</summary>
    public double Tilt => double.RadiansToDegrees(Math.Atan2(Points[1][1] - Points[0][1], Points[1][0] - Points[0][0]));
}
