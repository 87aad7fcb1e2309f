using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <summary>
/// A point in the work of a GPU that other streams or a thread can wait for: when a picture may be read, when it may be written
/// again. A wrapped <c>CUevent</c> or <c>cudaEvent_t</c> stays the application's.
/// </summary>
public sealed class GpuEvent : IDisposable
{
    private GpuEvent(CudaEvent native) => Native = native;

    /// <summary>The <c>CUevent</c> or <c>cudaEvent_t</c>.</summary>
    /// <exception cref="ObjectDisposedException">The event is disposed.</exception>
    public nint Handle => Native.Raw;

    /// <summary>
    /// Whether the work before the event is done, as far as it was recorded; <see langword="true"/> before the first time.
    /// </summary>
    /// <exception cref="CudaException">Work on the GPU failed.</exception>
    public bool IsReached => Native.IsReached();

    internal CudaEvent Native { get; }

    /// <summary>Makes an event.</summary>
    /// <param name="timed">Whether it holds the time at which it was reached, for <see cref="ElapsedSince"/>.</param>
    /// <param name="gpu">The GPU; the first one by default.</param>
    /// <exception cref="NativeLibraryException">The NVIDIA driver is missing or too old.</exception>
    /// <exception cref="CudaException">There is no such GPU.</exception>
    public static GpuEvent Create(bool timed = false, GpuDevice gpu = default) => Create(Tensors.Gpus.ContextOf(gpu), timed);

    /// <summary>Wraps an event of the application, which must keep it until this object is disposed.</summary>
    /// <param name="handle">The <c>CUevent</c> or <c>cudaEvent_t</c>.</param>
    /// <param name="gpu">The GPU that it belongs to; the first one by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The handle is 0.</exception>
    /// <exception cref="NativeLibraryException">The NVIDIA driver is missing or too old.</exception>
    /// <exception cref="CudaException">There is no such GPU, or the event is not one of it.</exception>
    public static GpuEvent Wrap(nint handle, GpuDevice gpu = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(handle);
        return Wrap(Tensors.Gpus.ContextOf(gpu), handle);
    }

    /// <summary>Blocks the thread until the work before the event is done.</summary>
    /// <exception cref="CudaException">Work on the GPU failed.</exception>
    public void Wait() => Native.Synchronize();

    /// <summary>Time on the GPU from another event to this one. Both are made with <c>timed</c> and reached.</summary>
    /// <param name="start">The earlier event.</param>
    /// <exception cref="CudaException">One was never recorded, is not reached, or holds no time.</exception>
    public TimeSpan ElapsedSince(GpuEvent start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return TimeSpan.FromMilliseconds(Native.MillisecondsSince(start.Native));
    }

    /// <summary>Destroys the event, if this library made it.</summary>
    public void Dispose() => Native.Dispose();

    internal static GpuEvent Create(CudaContext context, bool timed = false) => new(CudaEvent.Create(context, timed));

    internal static GpuEvent Wrap(CudaContext context, nint handle) => new(CudaEvent.Wrap(context, handle));
}
