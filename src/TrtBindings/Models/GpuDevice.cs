namespace TrtBindings;

/// <summary>Which GPU a model runs on. The default is the first one.</summary>
public readonly record struct GpuDevice
{
    private GpuDevice(int index) => Index = index;

    /// <summary>Its place in CUDA's order, which the environment variable CUDA_VISIBLE_DEVICES can change.</summary>
    public int Index { get; }

    /// <summary>A GPU by its place in CUDA's order, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative.</exception>
    public static GpuDevice At(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new(index);
    }

    /// <summary>For example <c>GPU 0</c>.</summary>
    public override string ToString() => $"GPU {Index}";
}
