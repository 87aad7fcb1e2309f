using System.Runtime.InteropServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Tests.Interop.Cuda;

namespace TrtBindings.Kernels.Tests.Support;

/// <summary>The stand-in driver with the kernels compiled as C++, and a stream to queue them on.</summary>
internal sealed class KernelRig : IDisposable
{
    private readonly CudaStream _stream;

    public KernelRig()
    {
        Driver = new(withKernels: true);
        Driver.Set("delay_us", 0);
        var context = Driver.Context;
        Kernels = new(GpuModule.Load(context, KernelSet.Ptx),
            bytes => DeviceBuffer.Over(context.Allocator.Allocate(bytes)), bytes => PinnedBuffer.Allocate(context, bytes));
        _stream = CudaStream.Create(context);
        Queue = new(_stream);
    }

    public FakeDriver Driver { get; }

    public KernelSet Kernels { get; }

    public GpuQueue Queue { get; }

    /// <summary>The same for comparisons that also run on a real driver.</summary>
    public GpuBench Bench => new(Kernels, Queue, Wait);

    /// <summary>Device memory with these elements.</summary>
    public DeviceBuffer Upload<T>(ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        var buffer = Kernels.Allocate(Math.Max(elements.Length, 1) * Marshal.SizeOf<T>());
        buffer.CopyFrom(elements);
        return buffer;
    }

    /// <summary>Waits for what is queued.</summary>
    public void Wait() => _stream.Synchronize();

    public void Dispose()
    {
        _stream.Dispose();
        Kernels.Dispose();
        Driver.Dispose();
    }
}
