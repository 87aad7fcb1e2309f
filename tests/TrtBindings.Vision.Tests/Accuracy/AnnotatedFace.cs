namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One face: its box by its edges, its five points as x and y.</summary>
internal sealed record AnnotatedFace(float[] Box, float[][] Points)
{
    /// <summary>The angle of the line from the left to the right eye, in degrees, clockwise from horizontal.</summary>
    public double Tilt => double.RadiansToDegrees(Math.Atan2(Points[1][1] - Points[0][1], Points[1][0] - Points[0][0]));
}
