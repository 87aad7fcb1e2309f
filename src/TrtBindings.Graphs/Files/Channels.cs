namespace TrtBindings.Graphs.Files;

/// <summary>Walks over the elements of a tensor in pieces and says which channel each run of them is of.</summary>
/// <param name="dims">The sizes of the tensor.</param>
/// <param name="axis">The dimension of the channels; -1 for one channel for all.</param>
internal sealed class Channels(IReadOnlyList<long> dims, int axis)
{
    private readonly long _inner = axis < 0 ? Math.Max(1, Product(dims, 0)) : Product(dims, axis + 1);
    private long _at;

    /// <summary>Number of channels.</summary>
    public int Count { get; } = axis < 0 ? 1 : checked((int)dims[axis]);

    /// <summary>
    /// The next run: elements of one channel, or, where channels change with every element, one of each from the first on.
    /// </summary>
    /// <param name="left">Elements that are left in the piece; the run has one at least.</param>
    public (int Channel, int Length, bool IsOfEach) Next(int left)
    {
        var channel = (int)(_at / _inner % Count);
        var length = (int)Math.Min(left, _inner == 1 ? Count - channel : _inner - (_at % _inner));
        _at += length;
        return (channel, length, _inner == 1);
    }

    private static long Product(IReadOnlyList<long> dims, int from)
    {
        long product = 1;
        for (var i = from; i < dims.Count; i++) product *= dims[i];
        return product;
    }
}
