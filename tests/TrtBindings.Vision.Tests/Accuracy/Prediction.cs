namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One object that an engine found in a set of pictures.</summary>
/// <param name="Image">The picture's place in the annotations.</param>
/// <param name="Class">The class number of the annotations.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Box">Its box in pixels of the picture.</param>
/// <param name="Mask">Its mask; <see langword="null"/> from an engine that has none.</param>
internal sealed record Prediction(int Image, int Class, float Score, Box Box, Mask? Mask);
