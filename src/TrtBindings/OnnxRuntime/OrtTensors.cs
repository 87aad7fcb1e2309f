using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace TrtBindings.OnnxRuntime;

/// <summary>Conversions between our tensors and ONNX Runtime's values.</summary>
internal static class OrtTensors
{
    /// <summary>Describes the memory of a GPU, by its place in CUDA's order.</summary>
    public static OrtMemoryInfo DeviceMemory(int device) => OrtErrors.Call("CreateMemoryInfo",
        () => new OrtMemoryInfo(OrtMemoryInfo.allocatorCUDA, OrtAllocatorType.DeviceAllocator, device, OrtMemType.Default));

    /// <summary>A value over the tensor's own memory, which must have room for the shape.</summary>
    /// <param name="library">The library.</param>
    /// <param name="device">Memory of the session's GPU; <see langword="null"/> for a session without one.</param>
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

        var memory = buffer.IsOnDevice ? device! : library.HostMemory;
        // ONNX Runtime refuses a null pointer, also for an empty tensor, for which any other address will do.
        var address = AddressOf(buffer) is var first and not 0 ? first : memory.DangerousGetHandle();
        var shape = new long[lengths.Length];
        for (var i = 0; i < shape.Length; i++) shape[i] = lengths[i];
        return OrtErrors.Call("CreateTensorWithDataAsOrtValue", () => OrtValue.CreateTensorValueWithData(
            memory, (TensorElementType)buffer.Description.ElementType, shape, address, buffer.CapacityInBytes));
    }

    /// <summary>The address of the first element, on the device or in host memory.</summary>
    public static nint AddressOf(TensorBuffer buffer) => buffer.IsOnDevice ? buffer.DeviceAddress : buffer.Address;

    /// <summary>The address of a value's first element; 0 for an empty value.</summary>
    /// <param name="value">The value of an output.</param>
    /// <param name="name">The output's name, for the message.</param>
    /// <exception cref="TensorException">The value takes 2 GiB or more.</exception>
    public static unsafe nint AddressOf(OrtValue value, string name)
    {
        var bytes = OrtErrors.Call("GetTensorSizeInBytes", value.GetTensorSizeInBytes);
        if (bytes > int.MaxValue)
        {
            throw new TensorException(name, $"ONNX Runtime allocated output '{name}', whose shape depends on the data, with "
                + $"{bytes} bytes. Microsoft.ML.OnnxRuntime.Managed gives access to at most {int.MaxValue} bytes of such a "
                + "value. Run smaller inputs.");
        }

        return OrtErrors.Call("GetTensorMutableData",
            () => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(value.GetTensorMutableRawData())));
    }

    /// <summary>True for a shape whose value the managed package does not give access to.</summary>
    public static bool IsTooLargeToCopy(TensorBuffer buffer, ReadOnlySpan<nint> lengths)
    {
        Int128 bits = buffer.Description.ElementType.BitWidth();
        foreach (var length in lengths) bits *= length;
        return bits / 8 > int.MaxValue;
    }

    /// <summary>The shape of an output's value, whose element type must be the declared one.</summary>
    /// <exception cref="TensorException">Another element type.</exception>
    public static nint[] ReadShape(TensorBuffer buffer, OrtValue value)
    {
        var info = OrtErrors.Call("GetTensorTypeAndShape", value.GetTensorTypeAndShape);
        var lengths = Array.ConvertAll(info.Shape, length => checked((nint)length));
        var type = TypeOf(info.ElementDataType);
        if (buffer is UntypedOutputTensor untyped)
        {
            untyped.Announce(type);
            return lengths;
        }

        if (type == buffer.Description.ElementType) return lengths;
        throw new TensorException(buffer.Name, $"Output '{buffer.Name}' is declared as "
            + $"{buffer.Description.ElementType.OnnxName()}, but ONNX Runtime made it {type.OnnxName()}. "
            + "Correct the declared type in the model file.");
    }

    /// <summary>ONNX Runtime's numbers differ from ONNX's from 24 on.</summary>
    private static ElementType TypeOf(TensorElementType type) => (int)type switch
    {
        24 => ElementType.UInt2,
        25 => ElementType.Int2,
        26 => ElementType.Float8E8M0,
        var number => (ElementType)number,
    };
}
