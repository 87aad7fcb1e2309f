namespace TrtBindings;

/// <summary>
/// A model with Ultralytics' pose output (YOLOv8, YOLO11, YOLO12, YOLO26), as <see cref="IYoloDetectModel{TLabel}"/> with key
/// points behind each box: <see cref="KeyPointCount"/> times <see cref="KeyPointValues"/> numbers, point after point.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface IYoloPoseModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of the output.</summary>
    YoloForm Form { get; }

    /// <summary>Number of key points of one object.</summary>
    int KeyPointCount { get; }

    /// <summary>Numbers of one key point: x and y, or 3 with the probability that it is visible, after the sigmoid.</summary>
    int KeyPointValues { get; }
}
