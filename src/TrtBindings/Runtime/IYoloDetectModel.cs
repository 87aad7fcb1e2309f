namespace TrtBindings;

/// <summary>
/// A model with Ultralytics' detection output (YOLOv8, YOLO11, YOLO12, YOLO26). The generator implements this on a model class
/// whose tensors and metadata fit, so that the engine does not compile for any other model. Input: float [N, 3, H, W], RGB, 0
/// to 1. Output: as <see cref="YoloForm"/> says, with nothing added to a box.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface IYoloDetectModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of the output.</summary>
    YoloForm Form { get; }
}

/// <summary>
/// Layout of the first output of a YOLO model. Coordinates are input pixels, scores are after the sigmoid. What the task adds
/// to a box comes last: mask coefficients, key points, an angle.
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
}
