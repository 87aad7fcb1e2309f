using System.Runtime.CompilerServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>
/// Device memory for a tensor, allocated by this library or by the application. The copy methods return when the copy is
/// complete. Copy, or use the memory in your own kernels, only while no run uses it.
/// </summary>
public sealed unsafe class DeviceBuffer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly DeviceMemory? _memory;
    private readonly nint _address;
    private int _uses;
    private bool _disposed;

    private DeviceBuffer(CudaContext context, nint address, nint byteLength, DeviceMemory? memory)
    {
        Context = context;
        ByteLength = byteLength;
        _address = address;
        _memory = memory;
    }

    /// <summary>The <c>CUdeviceptr</c> of the first byte. A multiple of 256 if this library allocated the memory.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _address;
        }
    }

    /// <summary>Size in bytes.</summary>
    public nint ByteLength { get; }

    /// <summary>True if the application allocated the memory and frees it.</summary>
    public bool IsForeign => _memory is null;

    internal CudaContext Context { get; }

    /// <summary>Allocates device memory. Its content is undefined.</summary>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <param name="gpu">The GPU of the model that will use the buffer; the first GPU by default.</param>
    /// <exception cref="DeviceMemoryException">The GPU has too little free memory.</exception>
    /// <exception cref="NativeLibraryException">The NVIDIA driver is missing or too old.</exception>
    /// <exception cref="CudaException">There is no such GPU.</exception>
    public static DeviceBuffer Allocate(nint byteLength, GpuDevice gpu = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        return Over(Gpus.ContextOf(gpu).Allocator.Allocate(byteLength));
    }

    /// <summary>
    /// Wraps memory that the application allocated with cudaMalloc, a pool or another library. The application must not free
    /// it while a tensor uses it.
    /// </summary>
    /// <param name="address">The <c>CUdeviceptr</c> of the first byte. A tensor needs a multiple of 256.</param>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <param name="gpu">The GPU that the memory belongs to; the first GPU by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The address is 0, or the size is negative.</exception>
    /// <exception cref="ArgumentException">CUDA does not know the address, or it belongs to another GPU.</exception>
    /// <exception cref="NativeLibraryException">The NVIDIA driver is missing or too old.</exception>
    /// <exception cref="CudaException">There is no such GPU.</exception>
    public static DeviceBuffer Wrap(nint address, nint byteLength, GpuDevice gpu = default) =>
        Wrap(address, byteLength, Gpus.ContextOf(gpu));

    /// <summary>Copies from host memory and waits for the copy.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="source">The elements to copy.</param>
    /// <param name="byteOffset">Offset in this buffer that the copy starts at, in bytes.</param>
    /// <exception cref="ArgumentException">The elements do not fit into the buffer.</exception>
    /// <exception cref="CudaException">The copy failed, or an earlier kernel of the application did.</exception>
    public void CopyFrom<T>(ReadOnlySpan<T> source, nint byteOffset = 0)
        where T : unmanaged
    {
        var bytes = CheckRange(source.Length, Unsafe.SizeOf<T>(), byteOffset);
        fixed (T* host = source) CopyFrom(host, bytes, byteOffset);
    }

    /// <summary>Copies to host memory and waits for the copy.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="destination">Receives the elements; it is filled completely.</param>
    /// <param name="byteOffset">Offset in this buffer that the copy starts at, in bytes.</param>
    /// <exception cref="ArgumentException">The buffer has fewer bytes after the offset.</exception>
    /// <exception cref="CudaException">The copy failed, or an earlier kernel of the application did.</exception>
    public void CopyTo<T>(Span<T> destination, nint byteOffset = 0)
        where T : unmanaged
    {
        var bytes = CheckRange(destination.Length, Unsafe.SizeOf<T>(), byteOffset);
        var stream = Gpus.CopyStreamOf(Context);
        Hold();
        try
        {
            fixed (T* host = destination)
            {
                stream.CopyToHost(host, _address + byteOffset, bytes);
                // Wait while the span is still pinned: the copy can continue after the call returns.
                stream.Synchronize();
            }
        }
        finally
        {
            LetGo();
        }
    }

    /// <summary>
    /// Frees the memory if this library allocated it. If a tensor still uses it, it is freed when the tensor stops using it.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            if (_uses == 0) _memory?.Dispose();
        }
    }

    /// <summary>For example <c>1,024 bytes of GPU 0 'NVIDIA H100'</c>.</summary>
    public override string ToString() => $"{ByteLength:N0} bytes of {Context.Device}";

    internal static DeviceBuffer Over(DeviceMemory memory) =>
        new(memory.Stream.Context, memory.Address, memory.ByteLength, memory);

    internal static DeviceBuffer Wrap(nint address, nint byteLength, CudaContext context)
    {
        ArgumentOutOfRangeException.ThrowIfZero(address);
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        // A kernel that reads an unknown address makes the context unusable, and with it every model on that GPU.
        var owner = context.OwnerOf(address)
            ?? throw new ArgumentException($"0x{address:X} is not memory that CUDA knows: pass a CUdeviceptr.", nameof(address));
        if (owner != context.Device.Index)
            throw new ArgumentException($"0x{address:X} is memory of GPU {owner}, not of {context.Device}: pass that GPU.",
                nameof(address));
        return new(context, address, byteLength, memory: null);
    }

    /// <summary>Copies from an address in host memory and waits for the copy.</summary>
    internal void CopyFrom(void* host, nint bytes, nint byteOffset)
    {
        var stream = Gpus.CopyStreamOf(Context);
        Hold();
        try
        {
            stream.CopyToDevice(_address + byteOffset, host, bytes);
            stream.Synchronize();
        }
        finally
        {
            LetGo();
        }
    }

    /// <summary>Keeps the memory allocated until <see cref="LetGo"/>.</summary>
    /// <exception cref="ObjectDisposedException">The buffer is disposed.</exception>
    internal void Hold()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _uses++;
        }
    }

    internal void LetGo()
    {
        lock (_gate)
        {
            if (--_uses == 0 && _disposed) _memory?.Dispose();
        }
    }

    private nint CheckRange(int count, int size, nint offset)
    {
        var bytes = (nint)count * size;
        if (offset >= 0 && offset <= ByteLength - bytes) return bytes;
        throw new ArgumentException(
            $"{bytes:N0} bytes at offset {offset:N0} do not fit into a device buffer of {ByteLength:N0} bytes.");
    }
}
