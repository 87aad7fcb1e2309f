namespace TrtBindings;

/// <summary>Number of blocks, or of threads of a block, in x, y and z.</summary>
/// <param name="X">In x, at least 1.</param>
/// <param name="Y">In y, at least 1.</param>
/// <param name="Z">In z, at least 1.</param>
public readonly record struct GpuGrid(int X, int Y = 1, int Z = 1)
{
    /// <summary>A number in x.</summary>
    public static implicit operator GpuGrid(int x) => new(x);

    /// <summary>A number in x.</summary>
    public static GpuGrid FromInt32(int x) => new(x);

    /// <summary>The blocks that cover a number of items.</summary>
    /// <param name="items">Number of items, at least 0.</param>
    /// <param name="perBlock">Items of a block, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static int Blocks(long items, int perBlock)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(items);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perBlock);
        return checked((int)((items + perBlock - 1) / perBlock));
    }

    internal (uint X, uint Y, uint Z) Native => (checked((uint)X), checked((uint)Y), checked((uint)Z));
}
