using System.Runtime.InteropServices;
using TrtBindings.Gpu.Tests.Machine;
using TrtBindings.Interop.Cuda;

namespace TrtBindings.Kernels.Tests.Support;

/// <summary>
/// The real driver, in place of the stand-in that the tests of TrtBindings.Kernels.Tests have: linked into this program, the same
/// tests run the PTX on the GPU. Skips the test where there is none.
/// </summary>
internal sealed class KernelRig : IDisposable
{
    private readonly CudaStream _stream;

    public KernelRig()
    {
        GpuMachine.RequireGpu();
        var context = GpuMachine.Context;
        Kernels = new(GpuModule.Load(context, KernelSet.Ptx),
            bytes => DeviceBuffer.Over(context.Allocator.Allocate(bytes)), bytes => PinnedBuffer.Allocate(context, bytes));
        _stream = CudaStream.Create(context);
        Queue = new(_stream);
        Bench = new(Kernels, Queue, Wait);
    }

    /// <summary>Skips the test that needs it.</summary>
    public StandInOnly Driver { get; } = new();

    public KernelSet Kernels { get; }

    public GpuQueue Queue { get; }

    /// <summary>The same for comparisons that take any driver.</summary>
    public GpuBench Bench { get; }

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
    }
}
