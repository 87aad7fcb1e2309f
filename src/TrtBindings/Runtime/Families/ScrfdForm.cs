namespace TrtBindings;

/// <summary>
/// Outputs of an SCRFD model: all scores (1 value a row, after the sigmoid), then all boxes (4: distances from the anchor
/// to the left, top, right and bottom edge, in strides), then all key points (10: x and y of five, in strides from the
/// anchor), each from the smallest stride up. Rows go through the cells row by row, and through a cell's anchors.
/// </summary>
public enum ScrfdForm
{
    /// <summary>6 outputs: strides 8, 16, 32 with 2 anchors a cell, without key points.</summary>
    ThreeStrides,
    /// <summary>9 outputs: strides 8, 16, 32 with 2 anchors a cell.</summary>
    ThreeStridesKeyPoints,
    /// <summary>10 outputs: strides 8, 16, 32, 64, 128 with 1 anchor a cell, without key points.</summary>
    FiveStrides,
    /// <summary>15 outputs: strides 8, 16, 32, 64, 128 with 1 anchor a cell.</summary>
    FiveStridesKeyPoints,
}
