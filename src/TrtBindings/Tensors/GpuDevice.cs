namespace TrtBindings;

/// <summary>The GPU that a model runs on. The default is the first one.</summary>
public record struct GpuDevice
{
    /// <summary>
    /// The GPU's index in CUDA's order, which the environment variable CUDA_VISIBLE_DEVICES can change. Ignored if
    /// <see cref="Uuid"/> is set.
    /// </summary>
    public int Index { get; set; }

    /// <summary>
    /// The GPU's identity, the same in every process, as <c>nvidia-smi -L</c> prints it; <see langword="null"/> to use
    /// <see cref="Index"/>.
    /// </summary>
    public string? Uuid { get; set; }

    /// <summary>A GPU by its index in CUDA's order, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static GpuDevice At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new() { Index = index };
    }

    /// <summary>
    /// A GPU by its identity, which stays the same when cards are added or the order changes. The leading <c>GPU-</c> may be
    /// left out.
    /// </summary>
    /// <param name="uuid">For example <c>GPU-4e2c7a5b-0f6d-11ee-9c1a-0242ac120002</c>.</param>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static GpuDevice WithUuid(string uuid)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(uuid);
        return new() { Uuid = uuid.Trim() };
    }

    /// <summary>For example <c>GPU 0</c>, or the identity.</summary>
    public override readonly string ToString() => Uuid ?? $"GPU {Index}";
}
