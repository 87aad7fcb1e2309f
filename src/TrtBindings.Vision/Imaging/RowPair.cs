namespace TrtBindings.Vision.Imaging;

/// <summary>
/// The two source rows that an output row of a bilinear resize lies between, worked out horizontally. Each source row is made
/// once while output rows go from top to bottom. Keeps its buffers. Not thread-safe.
/// </summary>
/// <typeparam name="T">What a row is made of.</typeparam>
internal sealed class RowPair<T>
    where T : unmanaged
{
    private int _upperRow;
    private int _lowerRow;

    /// <summary>The row above; at least as long as <see cref="Begin"/> was told.</summary>
    public T[] Upper { get; private set; } = [];

    /// <summary>The row below, or the same one at the edge.</summary>
    public T[] Lower { get; private set; } = [];

    /// <summary>Forgets the rows of the last image.</summary>
    /// <param name="length">Elements of a row.</param>
    public void Begin(int length)
    {
        if (Upper.Length < length) (Upper, Lower) = (new T[length], new T[length]);
        _upperRow = _lowerRow = -1;
    }

    /// <summary>Whether the caller must write a source row into <see cref="Upper"/>; what was below may have moved up.</summary>
    public bool WantsUpper(int row)
    {
        if (_upperRow == row) return false;
        if (_lowerRow == row)
        {
            (Upper, Lower) = (Lower, Upper);
            (_upperRow, _lowerRow) = (_lowerRow, _upperRow);
            return false;
        }

        _upperRow = row;
        return true;
    }

    /// <summary>Whether the caller must write a source row into <see cref="Lower"/>.</summary>
    public bool WantsLower(int row)
    {
        if (_lowerRow == row) return false;
        _lowerRow = row;
        return true;
    }
}
