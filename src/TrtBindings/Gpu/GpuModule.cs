using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <summary>
/// Kernels that are loaded on a GPU from PTX or a cubin; see <see cref="ModelGpu.LoadModule"/>. Thread-safe, except for
/// disposal: no run may use a kernel any more.
/// </summary>
public sealed class GpuModule : IDisposable
{
    private readonly CudaModule _native;

    private GpuModule(CudaModule native) => _native = native;

    /// <summary>Finds a kernel.</summary>
    /// <param name="name">Its name, as <c>extern "C"</c> gives it.</param>
    /// <exception cref="CudaException">The module has no such kernel.</exception>
    public GpuKernel Kernel(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new(_native.Function(name));
    }

    /// <summary>Unloads the kernels.</summary>
    public void Dispose() => _native.Dispose();

    internal static GpuModule Load(CudaContext context, ReadOnlySpan<byte> image) => new(CudaModule.Load(context, image));
}
