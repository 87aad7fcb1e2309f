using TrtBindings.Interop.OnnxRuntime;
using TrtBindings.Model;

namespace TrtBindings.Backends.OnnxRuntime;

/// <summary>Our tensors as ONNX Runtime sees them.</summary>
internal static class OrtTensors
{
    /// <summary>A value over a tensor's own memory, which must have room for the shape.</summary>
    public static OrtValue Over(OrtLibrary library, TensorBuffer buffer, ReadOnlySpan<nint> lengths)
    {
        // ONNX Runtime refuses a null pointer even where there is nothing behind it, as in an empty array of the caller.
        var address = buffer.Address != 0 ? buffer.Address : library.HostMemory.Raw;
        return OrtValue.Over(library, address, buffer.CapacityInBytes, lengths,
            OrtElementTypes.NumberOf(buffer.Description.ElementType));
    }

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
