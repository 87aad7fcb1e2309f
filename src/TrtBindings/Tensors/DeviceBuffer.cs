using System.Runtime.CompilerServices;
using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings;

/// <summary>
/// Memory of a GPU for a tensor: this library's own, or an address of the application. Copies are done when the methods
/// return. Copy, and let kernels of your own work on it, only while no run uses it.
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

    /// <summary>The <c>CUdeviceptr</c> of the first byte; a multiple of 256 in memory of this library.</summary>
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

    /// <summary>Whether the memory is the application's, which frees it.</summary>
    public bool IsForeign => _memory is null;

    internal CudaContext Context { get; }

    /// <summary>New memory. What is in it is undefined.</summary>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <param name="gpu">The GPU; the first one by default. It must be the model's.</param>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    /// <exception cref="NativeLibraryException">There is no driver of NVIDIA, or it is too old.</exception>
    /// <exception cref="CudaException">There is no such GPU.</exception>
    public static DeviceBuffer Allocate(nint byteLength, GpuDevice gpu = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteLength);
        return Over(Gpus.ContextOf(gpu).Allocator.Allocate(byteLength));
    }

    /// <summary>
    /// Memory that the application allocated with cudaMalloc, a pool, or another library. The application keeps it until no
    /// tensor uses it.
    /// </summary>
    /// <param name="address">The <c>CUdeviceptr</c> of the first byte; for a tensor it must be a multiple of 256.</param>
    /// <param name="byteLength">Size in bytes, at least 0.</param>
    /// <param name="gpu">The GPU that it belongs to; the first one by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The address is 0, or the size is negative.</exception>
    /// <exception cref="ArgumentException">The address is not known to CUDA, or is another GPU's.</exception>
    /// <exception cref="NativeLibraryException">There is no driver of NVIDIA, or it is too old.</exception>
    /// <exception cref="CudaException">There is no such GPU.</exception>
    public static DeviceBuffer Wrap(nint address, nint byteLength, GpuDevice gpu = default) =>
        Wrap(address, byteLength, Gpus.ContextOf(gpu));

    /// <summary>Copies from memory of the processor, and waits until it is done.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="source">What to copy.</param>
    /// <param name="byteOffset">Where it goes, in bytes from the buffer's start.</param>
    /// <exception cref="ArgumentException">It does not fit.</exception>
    /// <exception cref="CudaException">The copy failed, or an earlier kernel of the application did.</exception>
    public void CopyFrom<T>(ReadOnlySpan<T> source, nint byteOffset = 0)
        where T : unmanaged
    {
        var bytes = CheckRange(source.Length, Unsafe.SizeOf<T>(), byteOffset);
        fixed (T* host = source) CopyFrom(host, bytes, byteOffset);
    }

    /// <summary>Copies to memory of the processor, and waits until it is done.</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="destination">Where it goes; filled whole.</param>
    /// <param name="byteOffset">What to copy, in bytes from the buffer's start.</param>
    /// <exception cref="ArgumentException">The buffer has less.</exception>
    /// <exception cref="CudaException">The copy failed, or an earlier kernel of the application did.</exception>
    public void CopyTo<T>(Span<T> destination, nint byteOffset = 0)
        where T : unmanaged
    {
        var bytes = CheckRange(destination.Length, Unsafe.SizeOf<T>(), byteOffset);
        var stream = CopyStreams.Of(Context);
        Hold();
        try
        {
            fixed (T* host = destination)
            {
                stream.CopyToHost(host, _address + byteOffset, bytes);
                // Within the pin: the copy may go on behind the call.
                stream.Synchronize();
            }
        }
        finally
        {
            LetGo();
        }
    }

    /// <summary>
    /// Frees memory of this library; where a tensor uses it, as soon as that tensor goes elsewhere or is disposed.
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
        // A kernel that touched such an address would end the context, and every model on that GPU with it.
        var owner = context.OwnerOf(address)
            ?? throw new ArgumentException($"0x{address:X} is not memory that CUDA knows: pass a CUdeviceptr.", nameof(address));
        if (owner != context.Device.Index)
            throw new ArgumentException($"0x{address:X} is memory of GPU {owner}, and not of {context.Device}: name that GPU.",
                nameof(address));
        return new(context, address, byteLength, memory: null);
    }

    /// <summary>Copies from an address of the processor, and waits until it is done.</summary>
    internal void CopyFrom(void* host, nint bytes, nint byteOffset)
    {
        var stream = CopyStreams.Of(Context);
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

    /// <summary>Keeps the memory there until <see cref="LetGo"/>.</summary>
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
            $"{bytes:N0} bytes at offset {offset:N0} do not lie within a device buffer of {ByteLength:N0}.");
    }
}
