using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <summary>A kernel of a <see cref="GpuModule"/>, to be launched on a <see cref="GpuQueue"/>.</summary>
public sealed class GpuKernel
{
    internal GpuKernel(CudaFunction native) => Native = native;

    /// <summary>Name of the kernel in its PTX or cubin.</summary>
    public string Name => Native.Name;

    internal CudaFunction Native { get; }
}
