namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The oriented boxes in the validation pictures: the smallest ones round what is visible of each object.</summary>
internal sealed record OrientedAnnotations(string[] Classes, OrientedImage[] Images);
