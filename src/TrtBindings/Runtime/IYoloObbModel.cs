namespace TrtBindings;

/// <summary>
/// A model with Ultralytics' oriented boxes (YOLOv8, YOLO11, YOLO12, YOLO26), as <see cref="IYoloDetectModel{TLabel}"/> with an
/// angle in radians behind each box, positive clockwise on the screen.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface IYoloObbModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of the output.</summary>
    YoloForm Form { get; }
}
