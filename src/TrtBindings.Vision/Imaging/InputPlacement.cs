namespace TrtBindings.Vision.Imaging;

/// <summary>Where a resized image lies in a model's input; the rest is padding.</summary>
/// <param name="InputWidth">Width of the input.</param>
/// <param name="InputHeight">Height of the input.</param>
/// <param name="Width">Width of the resized image.</param>
/// <param name="Height">Height of the resized image.</param>
/// <param name="Left">Padding on its left.</param>
/// <param name="Top">Padding above it.</param>
internal readonly record struct InputPlacement(
    int InputWidth, int InputHeight, int Width, int Height, int Left = 0, int Top = 0);
