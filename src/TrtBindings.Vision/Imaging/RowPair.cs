namespace TrtBindings.Vision.Imaging;

/// <summary>
/// The two source rows, already resized horizontally, that an output row of a bilinear resize is interpolated from. Each source
/// row is resized once while output rows go from top to bottom. Keeps its buffers. Not thread-safe.
/// </summary>
/// <typeparam name="T">Element of a row.</typeparam>
internal sealed class RowPair<T>
    where T : unmanaged
{
    private int _upperRow;
    private int _lowerRow;

    /// <summary>The row above; at least as long as <see cref="Begin"/> asked for.</summary>
    public T[] Upper { get; private set; } = [];

    /// <summary>The row below; at the edge the same row.</summary>
    public T[] Lower { get; private set; } = [];

    /// <summary>Begins another image.</summary>
    /// <param name="length">Elements of a row.</param>
    public void Begin(int length)
    {
        if (Upper.Length < length) (Upper, Lower) = (new T[length], new T[length]);
        _upperRow = _lowerRow = -1;
    }

    /// <summary>Makes <see cref="Upper"/> a source row. Returns true if the caller must write it.</summary>
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

    /// <summary>Makes <see cref="Lower"/> a source row. Returns true if the caller must write it.</summary>
    public bool WantsLower(int row)
    {
        if (_lowerRow == row) return false;
        _lowerRow = row;
        return true;
    }
}
