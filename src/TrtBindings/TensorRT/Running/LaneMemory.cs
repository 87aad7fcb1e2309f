using TrtBindings.Interop.Cuda;
using TrtBindings.TensorRT.Engines;
using TrtBindings.Tensors;

namespace TrtBindings.TensorRT.Running;

/// <summary>
/// The memory of a lane: device copies of tensors whose memory is the host's, host copies of tensors that TensorRT has there,
/// and the scratch memory of the execution contexts. It grows and never shrinks.
/// </summary>
internal sealed class LaneMemory(CudaAllocator allocator, CudaStream stream, int tensors) : IDisposable
{
    /// <summary>So much more than is needed now costs nobody anything.</summary>
    private const nint FreeHeadroom = 4 << 20;

    private readonly DeviceMemory?[] _staged = new DeviceMemory?[tensors];
    private readonly HostBuffer?[] _host = new HostBuffer?[tensors];

    /// <summary>The contexts' scratch memory; <see langword="null"/> for none.</summary>
    public DeviceMemory? Scratch { get; private set; }

    /// <summary>Bytes of the device copies.</summary>
    public long StagedBytes { get; private set; }

    /// <summary>Counts how often device memory moved: what was recorded before would be replayed into freed memory.</summary>
    public int Moves { get; private set; }

    /// <summary>Whether a tensor has a device copy of this size.</summary>
    public bool HasRoom(int tensor, nint bytes) => _staged[tensor]?.ByteLength >= bytes;

    /// <summary>
    /// What to ask for instead of what is needed now: more, so that a batch which grows moves the copies, and with them loses
    /// the recorded runs, a few times only; never more than the largest size of the profile.
    /// </summary>
    public static nint WithHeadroom(nint bytes, double most) =>
        most <= bytes ? bytes : (nint)Math.Min(most, Math.Max(2.0 * bytes, FreeHeadroom));

    /// <summary>Device memory for a copy of a tensor, at least so large. What is in it is undefined.</summary>
    /// <exception cref="DeviceMemoryException">The GPU has too little free.</exception>
    public nint Stage(int tensor, nint bytes)
    {
        if (_staged[tensor] is { } there)
        {
            if (there.ByteLength >= bytes) return there.Address;
            // Before the larger one is allocated: the stream frees it after what was queued, and both need not fit.
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

    /// <summary>Where the device copy of a tensor is; 0 where there is none.</summary>
    public nint StagedAt(int tensor) => _staged[tensor]?.Address ?? 0;

    /// <summary>Host memory for a tensor that TensorRT has there, at least so large.</summary>
    public nint OnHost(EngineTensor tensor, nint bytes)
    {
        if (_host[tensor.Index] is { } there && there.ByteLength >= bytes) return there.Address;
        _host[tensor.Index]?.Dispose();
        _host[tensor.Index] = null;
        return (_host[tensor.Index] = new AlignedHostBuffer(tensor.Name.Text, bytes)).Address;
    }

    /// <summary>Makes the scratch memory so large.</summary>
    /// <returns>Whether it is another one now.</returns>
    /// <exception cref="DeviceMemoryException">The GPU has too little free; there is none then.</exception>
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
