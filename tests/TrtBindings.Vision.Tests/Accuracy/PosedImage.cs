namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One picture and the objects in it that have key points.</summary>
internal sealed record PosedImage(string File, int Width, int Height, PosedObject[] Objects);
