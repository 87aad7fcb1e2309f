namespace TrtBindings.Vision.Tests.Accuracy;

/// <summary>One object: centre x, y, width, height and angle.</summary>
internal sealed record OrientedObject(int Class, float[] Rectangle)
{
    public OrientedBox Box => new(Rectangle[0], Rectangle[1], Rectangle[2], Rectangle[3], Rectangle[4]);
}
