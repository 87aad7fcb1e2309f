namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One picture.</summary>
internal sealed record AnnotatedImage(string File, int Width, int Height, AnnotatedObject[] Objects);
