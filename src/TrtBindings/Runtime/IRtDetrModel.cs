namespace TrtBindings;

/// <summary>
/// An RT-DETR as Ultralytics exports it. The generator implements this on a model class whose tensors and metadata fit, so that
/// the engine does not compile for any other model. Input: float [N, 3, H, W], RGB, 0 to 1, the image stretched to it. Output:
/// as <see cref="RtDetrForm"/> says.
/// </summary>
/// <typeparam name="TLabel">Enum of the class labels; its values are the class indices.</typeparam>
public interface IRtDetrModel<TLabel> : IRunnableModel
    where TLabel : unmanaged, Enum
{
    /// <summary>Layout of the output.</summary>
    RtDetrForm Form { get; }
}

/// <summary>
/// Layout of an RT-DETR's output. A row is one object; its first numbers are centre x, centre y, width and height as shares of
/// the image. Scores are after the sigmoid.
/// </summary>
public enum RtDetrForm
{
    /// <summary>
    /// [N, R, 6]: box, score, class, in falling order of score. An object with several classes has several rows.
    /// </summary>
    Rows,
    /// <summary>[N, R, 4 + classes]: box and a score for each class, as older exports have it.</summary>
    Scores,
}
