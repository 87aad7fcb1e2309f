namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One object: its box by its edges, its pixels as run lengths.</summary>
internal sealed record AnnotatedObject(int Class, float[] Box, int[] Rle);
