using TrtBindings.Tensors;

namespace TrtBindings.Parity;

/// <summary>Inputs or outputs of a model without a class, in host memory.</summary>
internal sealed class PlainTensors : TensorSet
{
    private PlainTensors(string kind)
        : base(kind, AlignedHostMemory.Shared)
    {
    }

    /// <summary>Inputs at these values of the dynamic dimensions. They hold zeros.</summary>
    /// <exception cref="NotSupportedException">An input has no rank, or a type that C# has none for.</exception>
    public static PlainTensors Inputs(ModelSignature signature, ReadOnlySpan<long> dimensions)
    {
        var inputs = new PlainTensors("inputs");
        try
        {
            for (var i = 0; i < signature.Inputs.Count; i++)
            {
                var tensor = signature.Inputs[i];
                if (!tensor.Shape.IsRanked)
                    throw new NotSupportedException($"the file does not say how many dimensions '{tensor.Name}' has");
                var lengths = new nint[tensor.Shape.Rank];
                TryResolve(tensor.Shape, i, signature.InputDimensions, dimensions, lengths);
                inputs.Add(tensor, lengths, isInput: true);
            }

            return inputs;
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    /// <summary>Outputs, which a run gives their shapes.</summary>
    /// <exception cref="NotSupportedException">An output has a type that C# has none for.</exception>
    public static PlainTensors Outputs(ModelSignature signature)
    {
        var outputs = new PlainTensors("outputs");
        try
        {
            foreach (var tensor in signature.Outputs)
                outputs.Add(tensor, new nint[tensor.Shape.IsRanked ? tensor.Shape.Rank : 1], isInput: false);
            return outputs;
        }
        catch
        {
            outputs.Dispose();
            throw;
        }
    }

    private void Add(TensorDescription tensor, nint[] lengths, bool isInput)
    {
        if (tensor.Kind == ValueKind.Undefined && !isInput)
        {
            _ = new UntypedOutputTensor(new(this, tensor, lengths));
            return;
        }

        _ = tensor.Kind != ValueKind.Tensor ? throw NoForm(tensor) : tensor.ElementType switch
        {
            ElementType.Float => Add<float>(tensor, lengths, isInput),
            ElementType.UInt8 => Add<byte>(tensor, lengths, isInput),
            ElementType.Int8 => Add<sbyte>(tensor, lengths, isInput),
            ElementType.UInt16 => Add<ushort>(tensor, lengths, isInput),
            ElementType.Int16 => Add<short>(tensor, lengths, isInput),
            ElementType.Int32 => Add<int>(tensor, lengths, isInput),
            ElementType.Int64 => Add<long>(tensor, lengths, isInput),
            ElementType.Bool => Add<bool>(tensor, lengths, isInput),
            ElementType.Float16 => Add<Half>(tensor, lengths, isInput),
            ElementType.Double => Add<double>(tensor, lengths, isInput),
            ElementType.UInt32 => Add<uint>(tensor, lengths, isInput),
            ElementType.UInt64 => Add<ulong>(tensor, lengths, isInput),
            ElementType.BFloat16 => Add<BFloat16>(tensor, lengths, isInput),
            _ => throw NoForm(tensor),
        };
    }

    private TensorBuffer Add<T>(TensorDescription tensor, nint[] lengths, bool isInput)
        where T : unmanaged =>
        isInput ? InputTensor<T>.In(new(this, tensor, lengths)) : OutputTensor<T>.In(new(this, tensor, lengths));

    private static NotSupportedException NoForm(TensorDescription tensor) =>
        new($"'{tensor.Name}' is {tensor.TypeText}, which is not compared");
}
