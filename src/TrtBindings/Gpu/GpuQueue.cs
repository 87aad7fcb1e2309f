using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <summary>
/// The stream of one run, to queue work on before and after the model; see <see cref="GpuWork"/>. Addresses are checked by
/// nobody: a wrong one makes the GPU unusable for this process (<see cref="DeviceLostException"/>).
/// </summary>
public sealed unsafe class GpuQueue
{
    private readonly CudaStream _stream;

    internal GpuQueue(CudaStream stream) => _stream = stream;

    /// <summary>The <c>CUstream</c> or <c>cudaStream_t</c>, for other libraries that queue work on it.</summary>
    public nint Stream => _stream.Raw;

    /// <summary>Whether work is being recorded into a CUDA graph and not run.</summary>
    public bool IsRecording => _stream.IsCapturing;

    internal CudaStream Native => _stream;

    /// <summary>Queues a kernel with one parameter that is a struct.</summary>
    /// <typeparam name="T">A struct of the same layout as the parameter.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="threads">Number of threads of a block.</param>
    /// <param name="arguments">The parameter's value, which is copied.</param>
    /// <exception cref="CudaException">The driver refuses the launch.</exception>
    public void Launch<T>(GpuKernel kernel, GpuGrid blocks, GpuGrid threads, in T arguments)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(kernel);
        fixed (T* value = &arguments)
        {
            void* first = value;
            kernel.Native.Launch(_stream, blocks.Native, threads.Native, &first);
        }
    }

    /// <summary>Queues a copy to the device. Source and destination must stay as they are until the run has ended.</summary>
    /// <param name="destination">Address on the device.</param>
    /// <param name="source">Address in host memory; only pinned memory is copied beside the processor's work.</param>
    /// <param name="byteLength">Size in bytes.</param>
    public void Upload(nint destination, nint source, nint byteLength) =>
        _stream.CopyToDevice(destination, (void*)source, byteLength);

    /// <summary>Queues a copy from the device. Source and destination must stay as they are until the run has ended.</summary>
    /// <param name="destination">Address in pinned host memory.</param>
    /// <param name="source">Address on the device.</param>
    /// <param name="byteLength">Size in bytes.</param>
    public void Download(nint destination, nint source, nint byteLength) =>
        _stream.CopyToHost((void*)destination, source, byteLength);

    /// <summary>Queues a copy on the device.</summary>
    /// <param name="destination">Address on the device.</param>
    /// <param name="source">Address on the device.</param>
    /// <param name="byteLength">Size in bytes.</param>
    public void Copy(nint destination, nint source, nint byteLength) => _stream.CopyOnDevice(destination, source, byteLength);

    /// <summary>Queues a fill of device memory with one byte value.</summary>
    /// <param name="destination">Address on the device.</param>
    /// <param name="value">The value of every byte.</param>
    /// <param name="byteLength">Size in bytes.</param>
    public void Fill(nint destination, byte value, nint byteLength) => _stream.Fill(destination, value, byteLength);
}
