namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One find: x1, y1, x2, y2 and then x, y, confidence of each point; or centre x, y, width, height, angle.</summary>
internal sealed record ReferenceFind(int Class, float Score, float[] Numbers);
