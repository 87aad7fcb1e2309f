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
