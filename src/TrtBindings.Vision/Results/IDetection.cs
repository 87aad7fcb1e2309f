namespace TrtBindings.Vision;

/// <summary>One thing that an engine found in a picture. All coordinates are in pixels of the picture.</summary>
public interface IDetection : IClassification
{
    /// <summary>The upright box; for an oriented box the one that just holds it.</summary>
    Box Box { get; }

    /// <summary>The oriented box, if the model gives one.</summary>
    OrientedBox? OrientedBox => null;

    /// <summary>The pixels, if the model gives them.</summary>
    Mask? Mask => null;

    /// <summary>The key points in the model's order, if it gives some.</summary>
    ReadOnlyMemory<DetectionKeyPoint> KeyPoints => default;
}
