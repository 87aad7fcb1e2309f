using System.Runtime.CompilerServices;
using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <summary>
/// The stream of one run, to queue work on before and after the model; see <see cref="GpuWork"/>. Addresses are checked by
/// nobody: a wrong one makes the GPU unusable for this process (<see cref="DeviceLostException"/>).
/// </summary>
public sealed unsafe class GpuQueue
{
    private const int MostParameters = 64;

    private readonly CudaStream _stream;

    internal GpuQueue(CudaStream stream) => _stream = stream;

    /// <summary>
    /// Wraps a stream of the application, to record events on it and to make it wait for them. The application must keep the
    /// stream as long as the result is used, and may use it on one thread at a time.
    /// </summary>
    /// <param name="stream">The <c>CUstream</c> or <c>cudaStream_t</c>; not a default stream.</param>
    /// <param name="gpu">The GPU that it belongs to; the first one by default.</param>
    /// <exception cref="NativeLibraryException">The NVIDIA driver is missing or too old.</exception>
    /// <exception cref="CudaException">There is no such GPU, or the stream is not one of it.</exception>
    public static GpuQueue Wrap(nint stream, GpuDevice gpu = default) =>
        Wrap(Tensors.Gpus.ContextOf(gpu), stream);

    /// <summary>The <c>CUstream</c> or <c>cudaStream_t</c>, for other libraries that queue work on it.</summary>
    public nint Stream => _stream.Raw;

    /// <summary>Whether work is being recorded into a CUDA graph and not run.</summary>
    public bool IsRecording => _stream.IsCapturing;

    internal CudaStream Native => _stream;

    /// <summary>Number of pieces of work that were queued here, each of which is one node of a graph.</summary>
    internal int Count { get; private set; }

    /// <summary>Queues a kernel with one parameter that is a struct.</summary>
    /// <typeparam name="T">A struct of the same layout as the parameter.</typeparam>
    /// <param name="kernel">The kernel.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="threads">Number of threads of a block.</param>
    /// <param name="arguments">The parameter's value, which is copied.</param>
    /// <exception cref="ArgumentException">
    /// The kernel takes other parameters, or a number of blocks or threads is below 1.
    /// </exception>
    /// <exception cref="CudaException">The driver refuses the launch.</exception>
    public void Launch<T>(GpuKernel kernel, GpuGrid blocks, GpuGrid threads, in T arguments)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(kernel);
        kernel.Check(1);
        kernel.Check(0, Unsafe.SizeOf<T>());
        fixed (T* value = &arguments)
        {
            void* first = value;
            Launch(kernel, blocks, threads, &first);
        }
    }

    /// <summary>Queues a kernel with several parameters, in its order.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="blocks">Number of blocks.</param>
    /// <param name="threads">Number of threads of a block.</param>
    /// <param name="arguments">The parameters' values, which are copied; at most 64.</param>
    /// <exception cref="ArgumentException">
    /// The kernel takes other parameters, or a number of blocks or threads is below 1.
    /// </exception>
    /// <exception cref="CudaException">The driver refuses the launch.</exception>
    public void Launch(GpuKernel kernel, GpuGrid blocks, GpuGrid threads, params ReadOnlySpan<GpuArgument> arguments)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        kernel.Check(arguments.Length);
        if (arguments.Length > MostParameters)
            throw new ArgumentException("There are more than 64 parameters. Put them into one struct.", nameof(arguments));
        var values = stackalloc void*[MostParameters];
        fixed (GpuArgument* first = arguments)
        {
            for (var i = 0; i < arguments.Length; i++)
            {
                kernel.Check(i, arguments[i].ByteLength);
                // The value's bytes are the first field.
                values[i] = first + i;
            }

            Launch(kernel, blocks, threads, values);
        }
    }

    /// <summary>Queues a copy to the device. Source and destination must stay as they are until the run has ended.</summary>
    /// <param name="destination">Address on the device.</param>
    /// <param name="source">Address in host memory; only pinned memory is copied beside the processor's work.</param>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <exception cref="ArgumentException">An address is 0, or the size is negative.</exception>
    public void Upload(nint destination, nint source, nint byteLength)
    {
        Check(destination, source, byteLength);
        _stream.CopyToDevice(destination, (void*)source, byteLength);
    }

    /// <summary>
    /// Queues a copy of rows to the device. Source and destination must stay as they are until the run has ended. What lies
    /// between the rows is not written.
    /// </summary>
    /// <param name="destination">Address of the first row on the device.</param>
    /// <param name="destinationPitch">Bytes from one row to the next on the device.</param>
    /// <param name="source">
    /// Address of the first row in host memory; only pinned memory is copied beside the processor's work.
    /// </param>
    /// <param name="sourcePitch">Bytes from one row to the next in host memory.</param>
    /// <param name="rowBytes">Bytes of a row, at least 0 and at most each pitch.</param>
    /// <param name="rows">Number of rows, at least 0.</param>
    /// <exception cref="ArgumentException">
    /// An address is 0, a number is negative, or a pitch is smaller than a row.
    /// </exception>
    public void UploadRows(
        nint destination, nint destinationPitch, nint source, nint sourcePitch, nint rowBytes, nint rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (rows == 0) return;
        // What is refused is no piece of work, which Check counts.
        ArgumentOutOfRangeException.ThrowIfLessThan(destinationPitch, rowBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(sourcePitch, rowBytes);
        Check(destination, source, rowBytes);
        if (rowBytes > 0) _stream.CopyRowsToDevice(destination, destinationPitch, (void*)source, sourcePitch, rowBytes, rows);
    }

    /// <summary>Queues a copy from the device. Source and destination must stay as they are until the run has ended.</summary>
    /// <param name="destination">Address in pinned host memory.</param>
    /// <param name="source">Address on the device.</param>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <exception cref="ArgumentException">An address is 0, or the size is negative.</exception>
    public void Download(nint destination, nint source, nint byteLength)
    {
        Check(destination, source, byteLength);
        _stream.CopyToHost((void*)destination, source, byteLength);
    }

    /// <summary>Queues a copy on the device.</summary>
    /// <param name="destination">Address on the device.</param>
    /// <param name="source">Address on the device.</param>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <exception cref="ArgumentException">An address is 0, or the size is negative.</exception>
    public void Copy(nint destination, nint source, nint byteLength)
    {
        Check(destination, source, byteLength);
        _stream.CopyOnDevice(destination, source, byteLength);
    }

    /// <summary>Queues a fill of device memory with one byte value.</summary>
    /// <param name="destination">Address on the device.</param>
    /// <param name="value">The value of every byte.</param>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <exception cref="ArgumentException">The address is 0, or the size is negative.</exception>
    public void Fill(nint destination, byte value, nint byteLength)
    {
        Check(destination, destination, byteLength);
        _stream.Fill(destination, value, byteLength);
    }

    /// <summary>Makes what is queued from now on wait for an event. A graph waits for it in each run.</summary>
    /// <param name="point">The event, which must live as long as the runs that wait for it.</param>
    public void WaitFor(GpuEvent point)
    {
        ArgumentNullException.ThrowIfNull(point);
        _stream.WaitFor(point.Native, external: IsRecording);
        Count++;
    }

    /// <summary>Records an event after what is queued until now. A graph records it in each run.</summary>
    /// <param name="point">The event, which must live as long as the runs that record it.</param>
    public void Record(GpuEvent point)
    {
        ArgumentNullException.ThrowIfNull(point);
        Record(point.Native);
    }

    internal static GpuQueue Wrap(CudaContext context, nint stream) => new(CudaStream.Wrap(context, stream));

    internal void Record(CudaEvent point)
    {
        point.Record(_stream, external: IsRecording);
        Count++;
    }

    private void Launch(GpuKernel kernel, GpuGrid blocks, GpuGrid threads, void** values)
    {
        Check(blocks, nameof(blocks));
        Check(threads, nameof(threads));
        kernel.Native.Launch(_stream, blocks.Native, threads.Native, values, (uint)kernel.SharedBytes);
        Count++;
    }

    private void Check(nint destination, nint source, nint byteLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        if (byteLength == 0) return;
        ArgumentOutOfRangeException.ThrowIfZero(destination);
        ArgumentOutOfRangeException.ThrowIfZero(source);
        Count++;
    }

    private static void Check(GpuGrid grid, string name)
    {
        if (grid is { X: >= 1, Y: >= 1, Z: >= 1 }) return;
        throw new ArgumentOutOfRangeException(
            name, grid, "Each number is at least 1. Where there is nothing to do, launch nothing.");
    }
}
