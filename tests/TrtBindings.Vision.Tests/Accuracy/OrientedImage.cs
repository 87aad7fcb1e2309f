namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One picture and the oriented boxes in it.</summary>
internal sealed record OrientedImage(string File, int Width, int Height, OrientedObject[] Objects);
