namespace TrtBindings;

/// <summary>
/// Layout of the first output of a YOLO model that detects, segments, finds poses or oriented boxes. Coordinates are input
/// pixels, scores are after the sigmoid. What a family adds to a box comes last: mask coefficients, key points, an angle.
/// </summary>
public enum YoloForm
{
    /// <summary>
    /// [N, 4 + classes + others, A]: centre x, centre y, width, height; a score per class; what the family adds. Needs
    /// suppression.
    /// </summary>
    Dense,
    /// <summary>
    /// [N, R, 6 + others]: a box, score, class; what the family adds. Duplicates are already removed. The box is x1, y1, x2,
    /// y2, but for oriented boxes centre x, centre y, width, height.
    /// </summary>
    EndToEnd,
}
