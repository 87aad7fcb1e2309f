namespace TrtBindings.Vision.Tests.Support;

/// <summary>Labels of samples/models/desk-seg.onnx.</summary>
internal enum DeskLabel
{
    Mug,
    Bottle,
    Apple,
    Banana,
    Die,
    Coin,
}
