namespace TrtBindings.Samples;

/// <summary>One thing to draw on a picture.</summary>
/// <param name="Label">Its text.</param>
/// <param name="Box">Its box in pixels of the picture.</param>
/// <param name="Mask">Its pixels.</param>
internal sealed record OverlayItem(string Label, Rectangle Box, MaskShape Mask);
