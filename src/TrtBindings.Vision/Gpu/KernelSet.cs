namespace TrtBindings.Vision.Gpu;

/// <summary>The kernels of this library on one GPU, and memory there. Kernels are looked up by name, once.</summary>
/// <param name="module">The kernels.</param>
/// <param name="allocate">Allocates device memory.</param>
/// <param name="allocatePinned">Allocates pinned host memory.</param>
internal sealed class KernelSet(GpuModule module, Func<nint, DeviceBuffer> allocate, Func<nint, PinnedBuffer> allocatePinned)
    : IDisposable
{
    private const string Resource = "kernels.ptx";

    /// <summary>The PTX that is part of this library, where it lies in the loaded assembly.</summary>
    public static unsafe ReadOnlySpan<byte> Ptx
    {
        get
        {
            using var stream = (UnmanagedMemoryStream)typeof(KernelSet).Assembly.GetManifestResourceStream(Resource)!;
            return new(stream.PositionPointer, (int)stream.Length);
        }
    }

    /// <summary>Loads the kernels on a model's GPU.</summary>
    /// <exception cref="CudaException">The driver is too old for the PTX.</exception>
    public static KernelSet Load(ModelGpu gpu) => new(gpu.LoadModule(Ptx), gpu.Allocate, gpu.AllocatePinned);

    /// <summary>Finds a kernel.</summary>
    public GpuKernel this[string name] => module.Kernel(name);

    /// <summary>Allocates device memory.</summary>
    public DeviceBuffer Allocate(nint bytes) => allocate(bytes);

    /// <summary>Allocates pinned host memory.</summary>
    public PinnedBuffer AllocatePinned(nint bytes) => allocatePinned(bytes);

    public void Dispose() => module.Dispose();
}
