namespace TrtBindings;

/// <summary>
/// A model with Ultralytics' segmentation outputs. The generator puts it on a class whose shapes say so, which is what
/// makes an engine for any other model a compiler error. Layouts: float input [N, 3, H, W], RGB, 0 to 1; output 0 as
/// <see cref="YoloForm"/> says; output 1 prototypes [N, M, H/4, W/4].
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface IYoloSegModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of output 0.</summary>
    YoloForm Form { get; }
}
