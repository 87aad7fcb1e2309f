namespace TrtBindings.Vision.Tests.Support;

/// <summary>Labels of samples/models/desk-pose/desk-pose.onnx.</summary>
internal enum PosedLabel
{
    Mug,
    Bottle,
}
