namespace TrtBindings.Vision.Gpu;

/// <summary>
/// Rows of a picture at regular distances: <paramref name="Rows"/> neighbours from <paramref name="First"/> on, the same again
/// <paramref name="Period"/> rows further down, and so on.
/// </summary>
/// <param name="First">The first row.</param>
/// <param name="Rows">Neighbours, at least 1 and at most <paramref name="Period"/>.</param>
/// <param name="Period">Rows from one group to the next.</param>
/// <param name="Count">Groups.</param>
internal readonly record struct RowRun(int First, int Rows, int Period, int Count);
