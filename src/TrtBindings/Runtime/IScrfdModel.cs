namespace TrtBindings;

/// <summary>
/// A face detector with the outputs of SCRFD. The generator implements this on a model class whose tensors fit, so that the
/// engine does not compile for any other model. Input: float [N, 3, H, W], RGB, (value - 127.5) / 128. Outputs: as <see
/// cref="ScrfdForm"/> says, each [N, rows, values], or [rows, values] if the model takes one image at a time.
/// </summary>
public interface IScrfdModel : IRunnableModel
{
    /// <summary>The outputs.</summary>
    ScrfdForm Form { get; }
}

/// <summary>
/// Outputs of an SCRFD model: all scores (1 value a row, after the sigmoid), then all boxes (4: distances from the anchor to
/// the left, top, right and bottom edge, in strides), then all key points (10: x and y of five, in strides from the anchor),
/// each from the smallest stride to the largest. Rows go through the cells row by row, and through the anchors of each cell.
/// </summary>
public enum ScrfdForm
{
    /// <summary>6 outputs: strides 8, 16, 32 with 2 anchors a cell, no key points.</summary>
    ThreeStrides,
    /// <summary>9 outputs: strides 8, 16, 32 with 2 anchors a cell.</summary>
    ThreeStridesKeyPoints,
    /// <summary>10 outputs: strides 8, 16, 32, 64, 128 with 1 anchor a cell, no key points.</summary>
    FiveStrides,
    /// <summary>15 outputs: strides 8, 16, 32, 64, 128 with 1 anchor a cell.</summary>
    FiveStridesKeyPoints,
}
