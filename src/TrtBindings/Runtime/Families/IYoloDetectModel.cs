namespace TrtBindings;

/// <summary>
/// A model with Ultralytics' detection output (YOLOv8, YOLO11, YOLO12, YOLO26). The generator puts it on a class whose shapes
/// say so, which is what makes an engine for any other model a compiler error. Layouts: float input [N, 3, H, W], RGB, 0 to 1;
/// one output as <see cref="YoloForm"/> says, nothing added.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface IYoloDetectModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of the output.</summary>
    YoloForm Form { get; }
}
