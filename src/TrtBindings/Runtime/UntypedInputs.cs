using TrtBindings.Runtime;

namespace TrtBindings;

/// <summary>
/// The inputs of an <see cref="UntypedOnnxModel"/>, by name. The element type of each is that of the file: <c>float</c> for
/// <c>tensor(float)</c>, <see cref="Half"/>, <see cref="BFloat16"/> and so on, and text for <c>tensor(string)</c>.
/// </summary>
public sealed class UntypedInputs : ModelInputs
{
    internal UntypedInputs(OnnxModel model, ReadOnlySpan<long> dimensions)
        : base(model, dimensions)
    {
        try
        {
            foreach (var input in Signature.Inputs) Add(input);
            foreach (var input in Signature.OptionalInputs) AddOptional(input);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>An input, whatever its type. An input with a default is here once <see cref="Set"/> was called.</summary>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">The model has no input of this name.</exception>
    public TensorBuffer this[string name] => NamedTensors.Find(Tensors, name)
        ?? OptionalInputs.FirstOrDefault(input => input.Name == name)?.Given
        ?? throw NamedTensors.Missing(Signature, "input", name, [.. Signature.Inputs, .. Signature.OptionalInputs]);

    /// <summary>An input of numbers.</summary>
    /// <typeparam name="T">The C# type of its elements.</typeparam>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">The model has no input of this name, or it has another type.</exception>
    public InputTensor<T> Get<T>(string name)
        where T : unmanaged => this[name] as InputTensor<T> ?? throw NamedTensors.OtherType(this[name], typeof(T).Name);

    /// <summary>An input of text.</summary>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">The model has no input of this name, or it holds no text.</exception>
    public StringInputTensor GetText(string name) =>
        this[name] as StringInputTensor ?? throw NamedTensors.OtherType(this[name], "string");

    /// <summary>The bytes of an input of numbers, row-major, little-endian: what a .npy file holds.</summary>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">
    /// The model has no input of this name; it holds text, is in device memory, or has more than 2³¹-1 bytes.
    /// </exception>
    public Span<byte> BytesOf(string name) => NamedTensors.BytesOf(this[name]);

    /// <summary>
    /// Sets the sizes in use, up to the allocated ones. Elements are not moved. Earlier views become invalid.
    /// </summary>
    /// <param name="dimensions">A value for each of <see cref="ModelSignature.InputDimensions"/>.</param>
    /// <exception cref="TensorException">A size below its minimum or above what was allocated; nothing was changed.</exception>
    public void Resize(params ReadOnlySpan<long> dimensions) => ResizeTo(dimensions);

    /// <summary>Replaces the default of an input that has one in the file, and returns its tensor, which holds zeros.</summary>
    /// <param name="name">The name in the model file.</param>
    /// <exception cref="TensorException">The model has no input with a default of this name.</exception>
    public TensorBuffer Set(string name) => OptionalInputs.FirstOrDefault(input => input.Name == name) switch
    {
        OptionalInput<TensorBuffer> input => input.Set(),
        _ => throw NamedTensors.Missing(Signature, "input with a default", name, [.. Signature.OptionalInputs]),
    };

    /// <summary>Without a declared rank it starts with one element, and the caller reshapes it.</summary>
    private void Add(TensorDescription input)
    {
        var create = MakerOf(input) ?? throw new TensorException(input.Name,
            $"Input '{input.Name}' is {input.TypeText}, which has no C# type, so this model cannot be run from here.");
        create(input.Shape.IsRanked ? NextTensor() : NextUnrankedTensor([1]));
    }

    private void AddOptional(TensorDescription input)
    {
        if (MakerOf(input) is { } create) AddOptional(create);
        else SkipOptional();
    }

    /// <summary>Makes the tensor of an input; <see langword="null"/> if its type has no C# form.</summary>
    private static TensorFactory<TensorBuffer>? MakerOf(TensorDescription input)
    {
        var isRanked = input.Shape.IsRanked;
        return input.ElementType switch
        {
            _ when input.Kind != ValueKind.Tensor => null,
            ElementType.Float => Maker<float>(isRanked),
            ElementType.UInt8 => Maker<byte>(isRanked),
            ElementType.Int8 => Maker<sbyte>(isRanked),
            ElementType.UInt16 => Maker<ushort>(isRanked),
            ElementType.Int16 => Maker<short>(isRanked),
            ElementType.Int32 => Maker<int>(isRanked),
            ElementType.Int64 => Maker<long>(isRanked),
            ElementType.Bool => Maker<bool>(isRanked),
            ElementType.Float16 => Maker<Half>(isRanked),
            ElementType.Double => Maker<double>(isRanked),
            ElementType.UInt32 => Maker<uint>(isRanked),
            ElementType.UInt64 => Maker<ulong>(isRanked),
            ElementType.BFloat16 => Maker<BFloat16>(isRanked),
            ElementType.String when !isRanked => static slot => new UnrankedStringInputTensor(slot),
            ElementType.String => static slot => new StringInputTensor(slot),
            _ => null,
        };
    }

    private static TensorFactory<TensorBuffer> Maker<T>(bool isRanked)
        where T : unmanaged =>
        isRanked ? static slot => InputTensor<T>.In(slot) : static slot => new UnrankedInputTensor<T>(slot);
}
