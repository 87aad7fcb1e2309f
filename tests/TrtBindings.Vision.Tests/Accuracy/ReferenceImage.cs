namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>The results of another decoder for one validation picture.</summary>
internal sealed record ReferenceImage(string File, ReferenceFind[] Finds);
