namespace TrtBindings;

/// <summary>
/// Layout of the first output of a YOLO model. Coordinates are input pixels, scores are after the sigmoid. What the task adds
/// to a box comes last: mask coefficients, key points, an angle. <c>TrtTask</c> names the layout where the model does not tell
/// it: <c>YoloEndToEnd</c>, <c>YoloTransposed</c>, <c>YoloV5</c>, <c>YoloX</c>.
/// </summary>
public enum YoloForm
{
    /// <summary>
    /// [N, 4 + classes + others, A]: centre x, centre y, width, height; a score for each class; what the task adds. Overlapping
    /// boxes are to be suppressed.
    /// </summary>
    Dense,
    /// <summary>
    /// [N, R, 6 + others]: a box, score, class; what the task adds. Overlapping boxes are already suppressed. The box is x1,
    /// y1, x2, y2, and for oriented boxes centre x, centre y, width, height.
    /// </summary>
    EndToEnd,
    /// <summary>[N, A, 4 + classes + others]: as <see cref="Dense"/>, with a row for each anchor.</summary>
    Transposed,
    /// <summary>
    /// [N, A, 5 + classes + others], as YOLOv5, YOLOv6 and YOLOv7 export it: centre x, centre y, width, height, objectness; a
    /// score for each class, to be multiplied by the objectness; what the task adds. Overlapping boxes are to be suppressed.
    /// </summary>
    YoloV5,
    /// <summary>
    /// [N, A, 5 + classes], as YOLOX exports it by default: as <see cref="YoloV5"/>, but a centre is an offset in cells from the
    /// corner of its cell, and a size the logarithm of a number of cells. The model's input is blue, green, red in 0 to 255, with
    /// the image at the top left.
    /// </summary>
    YoloX,
    /// <summary>
    /// The same with boxes in input pixels, as YOLOX exports it with <c>--decode_in_inference</c>.
    /// </summary>
    YoloXDecoded,
}
