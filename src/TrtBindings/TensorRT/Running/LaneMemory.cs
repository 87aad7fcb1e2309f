using TrtBindings.Interop.Cuda;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The memory of a lane: device copies of tensors in host memory, host copies of tensors that TensorRT wants there, and the
/// scratch memory of the execution contexts. It grows and never shrinks.
/// </summary>
internal sealed class LaneMemory(CudaAllocator allocator, CudaStream stream, int tensors) : IDisposable
{
    /// <summary>Headroom that is always allowed, because it costs little.</summary>
    private const nint FreeHeadroom = 4 << 20;

    private readonly DeviceMemory?[] _staged = new DeviceMemory?[tensors];
    private readonly HostBuffer?[] _host = new HostBuffer?[tensors];

    /// <summary>The contexts' scratch memory; <see langword="null"/> for none.</summary>
    public DeviceMemory? Scratch { get; private set; }

    /// <summary>Bytes of the device copies.</summary>
    public long StagedBytes { get; private set; }

    /// <summary>Counts moves of device memory. A CUDA graph from before a move would write to freed memory.</summary>
    public int Moves { get; private set; }

    /// <summary>Tells whether a tensor has a device copy of at least this size.</summary>
    public bool HasRoom(int tensor, nint bytes) => _staged[tensor]?.ByteLength >= bytes;

    /// <summary>
    /// The size to allocate for what is needed now. It has headroom, so that a growing batch moves the copies, and drops the CUDA
    /// graphs with them, only a few times. It is never more than the largest size of the profile.
    /// </summary>
    public static nint WithHeadroom(nint bytes, double most) =>
        most <= bytes ? bytes : (nint)Math.Min(most, Math.Max(2.0 * bytes, FreeHeadroom));

    /// <summary>Device memory of at least this size for a copy of a tensor. Its content is undefined.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    public nint Stage(int tensor, nint bytes)
    {
        if (_staged[tensor] is { } there)
        {
            if (there.ByteLength >= bytes) return there.Address;
            // Freed before the larger one is allocated, so that both need not fit. The stream frees it after the queued work.
            _staged[tensor] = null;
            StagedBytes -= there.ByteLength;
            Moves++;
            there.Dispose();
        }

        var memory = allocator.Allocate(bytes, stream);
        _staged[tensor] = memory;
        StagedBytes += bytes;
        return memory.Address;
    }

    /// <summary>The address of a tensor's device copy; 0 if there is none.</summary>
    public nint StagedAt(int tensor) => _staged[tensor]?.Address ?? 0;

    /// <summary>Host memory of at least this size for a tensor that TensorRT wants there.</summary>
    public nint OnHost(EngineTensor tensor, nint bytes)
    {
        if (_host[tensor.Index] is { } there && there.ByteLength >= bytes) return there.Address;
        _host[tensor.Index]?.Dispose();
        _host[tensor.Index] = null;
        return (_host[tensor.Index] = new AlignedHostBuffer(tensor.Name.Text, bytes)).Address;
    }

    /// <summary>Grows the scratch memory to at least this size.</summary>
    /// <returns><see langword="true"/> if it has moved.</returns>
    /// <exception cref="DeviceMemoryException">The GPU has too little free. The lane then has no scratch memory.</exception>
    public bool GrowScratch(nint bytes)
    {
        if (bytes == 0 || Scratch?.ByteLength >= bytes) return false;
        Scratch?.Dispose();
        Scratch = null;
        Moves++;
        Scratch = allocator.Allocate(bytes, stream);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var memory in _staged) memory?.Dispose();
        foreach (var buffer in _host) buffer?.Dispose();
        Scratch?.Dispose();
    }
}
