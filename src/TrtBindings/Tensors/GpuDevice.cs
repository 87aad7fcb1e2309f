namespace TrtBindings;

/// <summary>Which GPU a model runs on. The default is the first one.</summary>
public readonly record struct GpuDevice
{
    private GpuDevice(int index, string? uuid) => (Index, Uuid) = (index, uuid);

    /// <summary>
    /// Its place in CUDA's order, which the environment variable CUDA_VISIBLE_DEVICES can change; 0 where
    /// <see cref="Uuid"/> names it.
    /// </summary>
    public int Index { get; }

    /// <summary>Its identity, the same in every process; <see langword="null"/> where <see cref="Index"/> names it.</summary>
    public string? Uuid { get; }

    /// <summary>A GPU by its place in CUDA's order, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static GpuDevice At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(index, null);
    }

    /// <summary>
    /// A GPU by its identity, which stays when cards are added or the order changes: <c>nvidia-smi -L</c> prints it. The
    /// leading <c>GPU-</c> may be left out.
    /// </summary>
    /// <param name="uuid">For example <c>GPU-4e2c7a5b-0f6d-11ee-9c1a-0242ac120002</c>.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static GpuDevice WithUuid(string uuid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uuid);
        return new(0, uuid.Trim());
    }

    /// <summary>For example <c>GPU 0</c>, or the identity.</summary>
    public override string ToString() => Uuid ?? $"GPU {Index}";
}
