using TrtBindings.Runtime;

namespace TrtBindings;

/// <summary>
/// The outputs of an <see cref="UntypedOnnxModel"/>, by name. Each has the shape that the last run reported. An output that is no
/// tensor, or of a type without a C# form, is left out and not computed.
/// </summary>
public sealed class UntypedOutputs : ModelOutputs
{
    internal UntypedOutputs(OnnxModel model, ReadOnlySpan<long> dimensions)
        : base(model, dimensions)
    {
        try
        {
            foreach (var output in Signature.Outputs) Add(output);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>An output, whatever its type.</summary>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">The model has no output of this name, or none with a C# form.</exception>
    public TensorBuffer this[string name] => NamedTensors.Find(Tensors, name)
        ?? throw NamedTensors.Missing(Signature, "output", name, [.. Tensors.Select(tensor => tensor.Description)]);

    /// <summary>An output of numbers.</summary>
    /// <typeparam name="T">The C# type of its elements.</typeparam>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">The model has no output of this name, or it has another type.</exception>
    public OutputTensor<T> Get<T>(string name)
        where T : unmanaged => this[name] as OutputTensor<T> ?? throw NamedTensors.OtherType(this[name], typeof(T).Name);

    /// <summary>An output of text.</summary>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">The model has no output of this name, or it holds no text.</exception>
    public StringOutputTensor GetText(string name) =>
        this[name] as StringOutputTensor ?? throw NamedTensors.OtherType(this[name], "string");

    /// <summary>The bytes of an output of numbers, row-major, little-endian: what a .npy file holds.</summary>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">
    /// The model has no output of this name; it holds text, is in device memory, or has more than 2³¹-1 bytes.
    /// </exception>
    public ReadOnlySpan<byte> BytesOf(string name) => NamedTensors.BytesOf(this[name]);

    /// <summary>
    /// The element type of an output. One that the file does not declare is known after a run, and undefined before.
    /// </summary>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">The model has no output of this name.</exception>
    public ElementType ElementTypeOf(string name) =>
        this[name] is UntypedOutputTensor open ? open.ElementType : this[name].Description.ElementType;

    private void Add(TensorDescription output)
    {
        _ = output.ElementType switch
        {
            ElementType.Undefined when output.Kind is ValueKind.Undefined or ValueKind.Tensor => AddUntypedTensor(),
            _ when output.Kind != ValueKind.Tensor => Skip(),
            ElementType.Float => AddTensor<float>(),
            ElementType.UInt8 => AddTensor<byte>(),
            ElementType.Int8 => AddTensor<sbyte>(),
            ElementType.UInt16 => AddTensor<ushort>(),
            ElementType.Int16 => AddTensor<short>(),
            ElementType.Int32 => AddTensor<int>(),
            ElementType.Int64 => AddTensor<long>(),
            ElementType.Bool => AddTensor<bool>(),
            ElementType.Float16 => AddTensor<Half>(),
            ElementType.Double => AddTensor<double>(),
            ElementType.UInt32 => AddTensor<uint>(),
            ElementType.UInt64 => AddTensor<ulong>(),
            ElementType.BFloat16 => AddTensor<BFloat16>(),
            ElementType.String => AddStringTensor(),
            _ => Skip(),
        };
    }

    private TensorBuffer? Skip()
    {
        SkipTensor();
        return null;
    }
}
