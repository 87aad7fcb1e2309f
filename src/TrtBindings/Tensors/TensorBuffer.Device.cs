using System.Diagnostics.CodeAnalysis;
using TrtBindings.Interop.Cuda;

namespace TrtBindings;

/// <content>Tensors in device memory.</content>
public abstract partial class TensorBuffer
{
    private DeviceBuffer? _device;

    /// <summary>The memory that holds the elements: host memory until <see cref="UseDeviceMemory"/> is called.</summary>
    public TensorPlacement Placement => _device is null ? TensorPlacement.Host : TensorPlacement.Device;

    /// <summary>True if the elements are in device memory.</summary>
    internal bool IsOnDevice => _device is not null;

    /// <summary>Address in device memory, a multiple of 256; 0 if the tensor is in host memory.</summary>
    internal nint DeviceAddress { get; private set; }

    /// <summary>Size of the device buffer in bytes; 0 if the tensor is in host memory.</summary>
    internal nint DeviceCapacity => _device?.ByteLength ?? 0;

    /// <summary>The context of the device buffer; <see langword="null"/> if the tensor is in host memory.</summary>
    internal CudaContext? DeviceContext => _device?.Context;

    /// <summary>True if device memory can hold this kind of tensor.</summary>
    private protected virtual bool CanBeOnDevice => false;

    /// <summary>
    /// Moves the tensor to device memory. From now on a run reads or writes it there and copies nothing. This call does not
    /// copy the elements. Views of the tensor throw until <see cref="UseHostMemory"/> is called; the host memory is kept. The
    /// buffer can be exchanged before each run, as in a ring of buffers, without an allocation. Work that the application
    /// queued on the buffer must be complete before a run starts, or be queued on <c>TensorRtOptions.Stream</c>.
    /// </summary>
    /// <param name="buffer">
    /// Memory of the GPU that the model runs on, large enough for the current shape. An output that needs more is an error, and
    /// so is resizing the inputs beyond it. A buffer that is disposed early is freed when the tensor stops using it.
    /// </param>
    /// <exception cref="TensorException">The buffer is too small or not aligned to 256 bytes, or the tensor is text or has no
    /// declared element type. Nothing was changed.</exception>
    /// <exception cref="TensorsInUseException">A run is using the inputs or outputs.</exception>
    /// <exception cref="ObjectDisposedException">The buffer, the inputs or the outputs are disposed.</exception>
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
    /// Moves the tensor back to the host memory that it had before <see cref="UseDeviceMemory"/>, which grows if the current
    /// shape needs more. The elements are not copied.
    /// </summary>
    /// <exception cref="TensorException">The memory belongs to the caller and is too small. Nothing was changed.</exception>
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

    /// <summary>Fills the tensor in device memory and waits for the copy.</summary>
    internal unsafe void CopyToDevice(void* host) => _device!.CopyFrom(host, ByteLength, 0);

    /// <summary>Thrown by the views of a tensor in device memory.</summary>
    [DoesNotReturn]
    private protected void ThrowOnDevice() => throw new TensorException(Name, $"Tensor '{Name}' is in device memory, "
        + "where views cannot read it. Copy it with DeviceBuffer.CopyTo and CopyFrom, or call UseHostMemory() first.");

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

/// <summary>The kind of memory that holds the elements of a tensor.</summary>
public enum TensorPlacement
{
    /// <summary>Host memory, which views can read and write. A backend on a GPU copies the elements in each run.</summary>
    Host,

    /// <summary>Device memory. A run reads or writes the elements there and copies nothing.</summary>
    Device,
}
