namespace TrtBindings.Parity;

/// <summary>How the numbers of an output belong together.</summary>
/// <param name="Axis">The axis that parts are channels of; -1 for an output in one part.</param>
/// <param name="Parts">The parts that are known. None: each channel is a part of its own, and the worst one is told.</param>
/// <param name="IsBatched">The first axis is the batch.</param>
internal sealed record OutputLayout(int Axis, IReadOnlyList<OutputPart> Parts, bool IsBatched)
{
    /// <summary>All numbers together.</summary>
    public static OutputLayout Whole(bool isBatched, string name = "", double floor = 0) =>
        new(-1, [new(name, [0], floor)], isBatched);

    /// <summary>What the rows along the second axis are, if their order may differ.</summary>
    public RowKind? Rows { get; init; }
}

/// <summary>Channels of an output that are of one kind.</summary>
/// <param name="Name">What they are; empty for all.</param>
/// <param name="Channels">Their indices along the axis of the layout.</param>
/// <param name="Floor">
/// The least range that differences are a share of. Scores far below it decide nothing, however much they differ.
/// </param>
/// <param name="Decides">
/// The least number that decides which of the channels is found; <see langword="null"/> if they decide nothing.
/// </param>
/// <param name="Period">Numbers that differ by it are the same: half a turn of a box; 0 for none.</param>
internal sealed record OutputPart(
    string Name, IReadOnlyList<int> Channels, double Floor = 0, double? Decides = null, double Period = 0);

/// <summary>Rows that are finds: which columns hold what.</summary>
/// <param name="Box">Columns of the box's four numbers.</param>
/// <param name="Scores">Columns of scores.</param>
/// <param name="Class">Column of the class; -1 if there is a score for each class.</param>
internal sealed record RowKind(IReadOnlyList<int> Box, IReadOnlyList<int> Scores, int Class);
