namespace TrtBindings.Vision.Tests.Support;

/// <summary>Labels of samples/models/desk-semantic and of desk-maskrcnn, whose first is the background.</summary>
internal enum DeskClass
{
    Background,
    Mug,
    Bottle,
    Apple,
    Banana,
    Die,
    Coin,
}
