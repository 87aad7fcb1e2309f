namespace TrtBindings;

/// <summary>Selects the GPU that a model runs on. The default is the first GPU.</summary>
public readonly record struct GpuDevice
{
    private GpuDevice(int index, string? uuid) => (Index, Uuid) = (index, uuid);

    /// <summary>
    /// The CUDA device number, which the environment variable CUDA_VISIBLE_DEVICES can change; 0 if <see cref="Uuid"/> selects
    /// the GPU.
    /// </summary>
    public int Index { get; }

    /// <summary>The UUID of the GPU; <see langword="null"/> if <see cref="Index"/> selects it.</summary>
    public string? Uuid { get; }

    /// <summary>Selects a GPU by its CUDA device number, which starts at 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static GpuDevice At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(index, null);
    }

    /// <summary>
    /// Selects a GPU by its UUID, which does not change when cards are added or reordered. <c>nvidia-smi -L</c> prints it. The
    /// leading <c>GPU-</c> is optional.
    /// </summary>
    /// <param name="uuid">For example <c>GPU-4e2c7a5b-0f6d-11ee-9c1a-0242ac120002</c>.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static GpuDevice WithUuid(string uuid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uuid);
        return new(0, uuid.Trim());
    }

    /// <summary>For example <c>GPU 0</c>, or the UUID.</summary>
    public override string ToString() => Uuid ?? $"GPU {Index}";
}
