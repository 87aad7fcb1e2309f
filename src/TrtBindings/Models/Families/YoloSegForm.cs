namespace TrtBindings;

/// <summary>Layout of a YOLO-seg model's first output. Coordinates are input pixels, scores are after the sigmoid.</summary>
public enum YoloSegForm
{
    /// <summary>
    /// [N, 4 + classes + M, A]: centre x, centre y, width, height; a score per class; M mask coefficients. Needs NMS.
    /// </summary>
    Dense,
    /// <summary>[N, R, 6 + M]: x1, y1, x2, y2, score, class; M mask coefficients. Duplicates are already removed.</summary>
    EndToEnd,
}
