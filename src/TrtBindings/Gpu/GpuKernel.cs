using System.Globalization;
using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <summary>A kernel of a <see cref="GpuModule"/>, to be launched on a <see cref="GpuQueue"/>.</summary>
public sealed class GpuKernel
{
    /// <summary>Dynamic shared memory that a kernel may have without being asked for, in bytes.</summary>
    private const int FreeShared = 48 << 10;

    internal GpuKernel(CudaFunction native, int sharedBytes = 0) => (Native, SharedBytes) = (native, sharedBytes);

    /// <summary>Name of the kernel in its PTX or cubin.</summary>
    public string Name => Native.Name;

    /// <summary>Dynamic shared memory of each block, in bytes: what <c>extern __shared__</c> names in CUDA C.</summary>
    public int SharedBytes { get; }

    internal CudaFunction Native { get; }

    /// <summary>The same kernel with dynamic shared memory. Make it once: this asks the driver for more than 48 KiB.</summary>
    /// <param name="bytes">Size for each block, in bytes, at least 0.</param>
    /// <exception cref="CudaException">The GPU does not have that much for a block.</exception>
    public GpuKernel WithSharedMemory(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (bytes > FreeShared) Native.AllowShared(bytes);
        return new(Native, bytes);
    }

    /// <summary>Checks parameters, as far as the driver tells what the kernel takes.</summary>
    /// <exception cref="ArgumentException">
    /// Their number or sizes are wrong. The kernel would read memory of somebody else.
    /// </exception>
    internal void Check(int count)
    {
        if (Native.ParameterSizes is { } sizes && sizes.Length != count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Kernel '{Name}' takes {sizes.Length} parameters, not {count}."));
        }
    }

    internal void Check(int index, int bytes)
    {
        if (Native.ParameterSizes is { } sizes && sizes[index] != bytes)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"Parameter {index} of kernel '{Name}' has {sizes[index]} bytes, not {bytes}. Pass a value of the type that the "
                + $"kernel declares; a struct needs the same layout."));
        }
    }
}
