using System.Globalization;

namespace TrtBindings.Vision;

/// <summary>One object with key points that a <see cref="YoloPoseEngine{TLabel}"/> found.</summary>
/// <typeparam name="TLabel">Enum of the class labels.</typeparam>
/// <param name="Label">The class.</param>
/// <param name="ClassIndex">The class's number in the model.</param>
/// <param name="Score">Score of the class, 0 to 1.</param>
/// <param name="Box">The box in pixels of the image, clipped to the image.</param>
/// <param name="KeyPoints">The points, in the model's order.</param>
public readonly record struct YoloPose<TLabel>(
    TLabel Label, int ClassIndex, float Score, Box Box, ReadOnlyMemory<DetectionKeyPoint> KeyPoints)
    : IDetection
    where TLabel : unmanaged, Enum
{
    string? IClassification.LabelName => Label.ToString();

    /// <summary>For example <c>Person 0.91 [12.5 30.0 118.2 240.9] 17 points</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Label} {Score:0.00} {Box} {KeyPoints.Length} points");
}

/// <summary>Memory for the key points of one call, used again by the next call that it is passed to.</summary>
public sealed class KeyPointBuffer : ResultBuffer
{
    private DetectionKeyPoint[] _points = [];
    private int _used;

    internal override void Reset() => _used = 0;

    /// <summary>Room for more points of the same call; its content is undefined.</summary>
    internal Memory<DetectionKeyPoint> Rent(int count)
    {
        // Points of this call that are in the old array stay there.
        if (_points.Length - _used < count) _points = new DetectionKeyPoint[Math.Max(_used + count, 2 * _points.Length)];
        _used += count;
        return _points.AsMemory(_used - count, count);
    }
}
