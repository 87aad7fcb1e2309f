namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The key points in the validation pictures.</summary>
/// <param name="Classes">The classes that have key points.</param>
/// <param name="PointNames">The names of each class's points.</param>
/// <param name="Sigma">COCO's tolerance, of every point.</param>
/// <param name="Images">The pictures.</param>
internal sealed record PosedAnnotations(string[] Classes, string[][] PointNames, double Sigma, PosedImage[] Images);
