namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One face: its box by its edges, its five points as x and y.</summary>
internal sealed record AnnotatedFace(float[] Box, float[][] Points);
