namespace TrtBindings.Runtime;

/// <summary>Tensors by name, and what is said where there is none.</summary>
internal static unsafe class NamedTensors
{
    /// <summary>The tensor of a name; <see langword="null"/> if there is none.</summary>
    public static TensorBuffer? Find(IReadOnlyList<TensorBuffer> tensors, string name)
    {
        for (var i = 0; i < tensors.Count; i++)
            if (tensors[i].Name == name) return tensors[i];
        return null;
    }

    /// <summary>The error for a name that no tensor has.</summary>
    public static TensorException Missing(ModelSignature signature, string kind, string name, TensorDescription[] known) =>
        new(name, $"'{signature.File}' has no {kind} '{name}'"
            + (known.Length == 0 ? "." : $"; it has {string.Join(", ", known.Select(tensor => tensor.ToString()))}."));

    /// <summary>The error for a tensor of another type than the caller asks for.</summary>
    public static TensorException OtherType(TensorBuffer tensor, string asked) => new(
        tensor.Name, $"'{tensor.Name}' is {tensor.Description.TypeText}, and {asked} was asked for.");

    /// <summary>The elements of a tensor of numbers as bytes.</summary>
    /// <exception cref="TensorException">It holds text, is in device memory, or is too large for a span.</exception>
    public static Span<byte> BytesOf(TensorBuffer tensor)
    {
        tensor.Owner.ThrowIfDisposed();
        if (tensor is StringTensorBuffer)
            throw new TensorException(tensor.Name, $"'{tensor.Name}' holds text, which has no bytes.");
        if (tensor.IsOnDevice)
        {
            throw new TensorException(
                tensor.Name, $"'{tensor.Name}' is in device memory. Copy it with its DeviceBuffer, or call UseHostMemory().");
        }

        if (tensor.ByteLength > int.MaxValue)
        {
            throw new TensorException(
                tensor.Name, $"Tensor '{tensor.Name}' has {tensor.ByteLength:N0} bytes, more than a span holds.");
        }

        return new((void*)tensor.Address, (int)tensor.ByteLength);
    }
}
