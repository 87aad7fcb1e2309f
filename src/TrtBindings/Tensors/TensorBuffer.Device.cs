using System.Diagnostics.CodeAnalysis;
using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <content>A tensor whose elements lie in memory of a GPU.</content>
public abstract partial class TensorBuffer
{
    private DeviceBuffer? _device;

    /// <summary>Where the elements lie; in memory of the processor unless <see cref="UseDeviceMemory"/> says otherwise.</summary>
    public TensorPlacement Placement => _device is null ? TensorPlacement.Host : TensorPlacement.Device;

    /// <summary>Whether the elements lie in device memory.</summary>
    internal bool IsOnDevice => _device is not null;

    /// <summary>First byte in device memory, a multiple of 256; 0 where the tensor is in host memory.</summary>
    internal nint DeviceAddress { get; private set; }

    /// <summary>Bytes that the device memory holds; 0 where the tensor is in host memory.</summary>
    internal nint DeviceCapacity => _device?.ByteLength ?? 0;

    /// <summary>The GPU whose memory it is; <see langword="null"/> where the tensor is in host memory.</summary>
    internal CudaContext? DeviceContext => _device?.Context;

    /// <summary>Whether the elements have a form that device memory can hold.</summary>
    private protected virtual bool CanBeOnDevice => false;

    /// <summary>
    /// From now on runs read or write this tensor in memory of the GPU and copy nothing. Elements are not copied; views of
    /// the tensor throw until <see cref="UseHostMemory"/>, whose memory stays. Another buffer may be given before any run, as
    /// in a ring of buffers, and allocates nothing. What the application queues on the buffer must be done before a run
    /// starts, or be queued on <c>TensorRtOptions.Stream</c>.
    /// </summary>
    /// <param name="buffer">
    /// Memory of the GPU that the model runs on, with room for the present shape: an output that needs more, or inputs that
    /// are resized beyond it, are an error. It stays there until the tensor leaves it, even where it is disposed before.
    /// </param>
    /// <exception cref="TensorException">Too small, not aligned to 256 bytes, or a tensor without a fixed type or of text;
    /// nothing was changed.</exception>
    /// <exception cref="TensorsInUseException">A run is using the inputs or outputs.</exception>
    /// <exception cref="ObjectDisposedException">The buffer, or the inputs or outputs, are disposed.</exception>
    public void UseDeviceMemory(DeviceBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        Owner.Enter();
        try
        {
            CheckDevice(buffer);
            if (buffer == _device) return;
            buffer.Hold();
            LeaveDevice();
            _device = buffer;
            DeviceAddress = buffer.Address;
            Owner.DeviceTensors++;
            MemoryChanged();
        }
        finally
        {
            Owner.Exit();
        }
    }

    /// <summary>
    /// Back to the memory of the processor that the tensor had before <see cref="UseDeviceMemory"/>, enlarged for the present
    /// shape where it must be. Elements are not copied.
    /// </summary>
    /// <exception cref="TensorException">The memory is the caller's and too small; nothing was changed.</exception>
    /// <exception cref="TensorsInUseException">A run is using the inputs or outputs.</exception>
    /// <exception cref="ObjectDisposedException">The inputs or outputs are disposed.</exception>
    public void UseHostMemory()
    {
        Owner.Enter();
        try
        {
            if (_device is not { } device) return;
            _device = null;
            try
            {
                EnsureCapacity(_lengths);
            }
            catch
            {
                _device = device;
                throw;
            }

            _device = device;
            LeaveDevice();
            MemoryChanged();
        }
        finally
        {
            Owner.Exit();
        }
    }

    /// <summary>Fills the elements in use, which lie in device memory, and waits until that is done.</summary>
    internal unsafe void CopyToDevice(void* host) => _device!.CopyFrom(host, ByteLength, 0);

    /// <summary>What a view of a tensor in device memory says.</summary>
    [DoesNotReturn]
    private protected void ThrowOnDevice() => throw new TensorException(Name, $"Tensor '{Name}' lies in device memory, where "
        + "no view can reach its elements. Copy them with DeviceBuffer.CopyTo and CopyFrom, or call UseHostMemory() before.");

    [DoesNotReturn]
    private protected void ThrowTooLargeForDevice(ReadOnlySpan<nint> lengths, nint needed) => throw new TensorException(Name,
        $"Tensor '{Name}' of shape [{Join(lengths)}] needs {needed:N0} bytes, but its device buffer holds {DeviceCapacity:N0}. "
        + "Give it a larger one with UseDeviceMemory.");

    private void CheckDevice(DeviceBuffer buffer)
    {
        if (!CanBeOnDevice)
        {
            throw new TensorException(Name, $"Tensor '{Name}' cannot be in device memory: "
                + (this is StringTensorBuffer ? "it is text." : "only a run tells the type of its elements."));
        }

        if (buffer.Address % CudaAllocator.Alignment != 0)
        {
            throw new TensorException(Name, $"Tensor '{Name}' cannot be at the device address 0x{buffer.Address:x}: it must be a "
                + $"multiple of {CudaAllocator.Alignment}. cudaMalloc and DeviceBuffer.Allocate give such addresses.");
        }

        if (ByteLength > buffer.ByteLength)
        {
            throw new TensorException(Name, $"Tensor '{Name}' of shape [{Join(_lengths)}] needs {ByteLength:N0} bytes, but the "
                + $"device buffer holds {buffer.ByteLength:N0}.");
        }
    }

    private void LeaveDevice()
    {
        if (_device is null) return;
        _device.LetGo();
        _device = null;
        DeviceAddress = 0;
        Owner.DeviceTensors--;
    }
}
