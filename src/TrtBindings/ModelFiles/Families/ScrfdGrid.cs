namespace TrtBindings.ModelFiles.Families;

/// <summary>The strides and outputs of a form of SCRFD.</summary>
/// <param name="Form">Name of the form.</param>
/// <param name="Levels">Number of strides: 8, 16, 32 and so on.</param>
/// <param name="Anchors">Anchors of one cell.</param>
/// <param name="HasKeyPoints">Whether faces have key points.</param>
internal sealed record ScrfdGrid(string Form, int Levels, int Anchors, bool HasKeyPoints)
{
    public static readonly ScrfdGrid[] All =
    [
        new("ThreeStrides", 3, 2, false), new("ThreeStridesKeyPoints", 3, 2, true),
        new("FiveStrides", 5, 1, false), new("FiveStridesKeyPoints", 5, 1, true),
    ];

    /// <summary>Number of outputs: scores of each stride, then boxes, then key points.</summary>
    public int Outputs => Levels * (HasKeyPoints ? 3 : 2);

    /// <summary>Input pixels from one cell of a level to the next.</summary>
    public static int StrideOf(int level) => 8 << level;

    /// <summary>Numbers of one row of scores (group 0), boxes (1) and key points (2).</summary>
    public static int ValuesOf(int group) => group switch { 0 => 1, 1 => 4, _ => 10 };

    /// <summary>Cells along a side; a part of a cell counts.</summary>
    public static long CellsOf(long side, int stride) => side > 1 << 20 ? -1 : (side + stride - 1) / stride;

    /// <summary>Rows of a level's outputs.</summary>
    public long RowsOf(int level, long height, long width) =>
        Anchors * CellsOf(height, StrideOf(level)) * CellsOf(width, StrideOf(level));
}
