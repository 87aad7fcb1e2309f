namespace TrtBindings.Vision.Tests.Support;

/// <summary>Labels of samples/models/digits/digits-vit.onnx.</summary>
internal enum DigitLabel
{
    Zero,
    One,
    Two,
    Three,
    Four,
    Five,
    Six,
    Seven,
    Eight,
    Nine,
}
