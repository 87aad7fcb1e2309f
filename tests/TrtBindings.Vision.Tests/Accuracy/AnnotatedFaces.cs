namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One picture of faces.</summary>
/// <param name="File">Its name.</param>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Faces">The faces to find.</param>
/// <param name="Slight">Boxes of faces that the border cuts. Finding one counts neither as right nor as wrong.</param>
internal sealed record AnnotatedFaces(string File, int Width, int Height, AnnotatedFace[] Faces, float[][] Slight);
