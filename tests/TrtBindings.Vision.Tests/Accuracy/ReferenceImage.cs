namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>What another decoder found in one validation picture.</summary>
internal sealed record ReferenceImage(string File, ReferenceFind[] Finds);
