using TrtBindings.Interop.OnnxRuntime;

namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>Our tensors as ONNX Runtime sees them.</summary>
internal static class OrtTensors
{
    /// <summary>A value over a tensor's own memory, which must have room for the shape.</summary>
    /// <param name="library">The library.</param>
    /// <param name="device">Memory of the session's GPU; <see langword="null"/> for a session without.</param>
    /// <param name="buffer">The tensor.</param>
    /// <param name="lengths">The shape.</param>
    /// <exception cref="TensorException">The tensor is in device memory, and the session has no GPU.</exception>
    public static OrtValue Over(
        OrtLibrary library, OrtMemoryInfo? device, TensorBuffer buffer, ReadOnlySpan<nint> lengths)
    {
        if (buffer.IsOnDevice && device is null)
        {
            throw new TensorException(buffer.Name, $"Tensor '{buffer.Name}' lies in device memory, which ONNX Runtime cannot "
                + "reach on the processor. Call UseHostMemory().");
        }

        // ONNX Runtime refuses a null pointer even where there is nothing behind it, as in an empty array of the caller.
        var address = AddressOf(buffer) is var first and not 0 ? first : library.HostMemory.Raw;
        return OrtValue.Over(buffer.IsOnDevice ? device! : library.HostMemory, address, buffer.CapacityInBytes, lengths,
            OrtElementTypes.NumberOf(buffer.Description.ElementType));
    }

    /// <summary>The first byte, on the device or in host memory.</summary>
    public static nint AddressOf(TensorBuffer buffer) => buffer.IsOnDevice ? buffer.DeviceAddress : buffer.Address;

    /// <summary>A value's shape; its element type must be the one that the tensor was declared with.</summary>
    /// <exception cref="TensorException">Another element type.</exception>
    public static int ReadShape(TensorBuffer buffer, OrtTensorView value, Span<nint> lengths)
    {
        var rank = value.ReadShape(lengths, out var number);
        var type = OrtElementTypes.TypeOf(number);
        if (buffer is UntypedOutputTensor untyped)
        {
            untyped.Announce(type);
            return rank;
        }

        if (type == buffer.Description.ElementType) return rank;
        throw new TensorException(buffer.Name, $"Output '{buffer.Name}' is declared as "
            + $"{buffer.Description.ElementType.OnnxName()}, but ONNX Runtime made it {type.OnnxName()}. "
            + "Correct the declared type in the model file.");
    }
}
