using System.Runtime.InteropServices;

namespace TrtBindings;

/// <summary>One set of inputs of a model, as the application would give them: a picture that is prepared, for example.</summary>
public sealed class ModelSample
{
    private readonly Dictionary<string, (ElementType Type, long[] Shape, ReadOnlyMemory<byte> Bytes)> _tensors = [];

    internal IReadOnlyDictionary<string, (ElementType Type, long[] Shape, ReadOnlyMemory<byte> Bytes)> Tensors => _tensors;

    /// <summary>A copy of the inputs of a generated class, at their present sizes.</summary>
    /// <exception cref="NotSupportedException">One of them is text.</exception>
    public static ModelSample Of(ModelInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var sample = new ModelSample();
        foreach (var tensor in inputs.Tensors)
        {
            long[] shape = [.. tensor.Lengths.ToArray().Select(length => (long)length)];
            _ = tensor switch
            {
                InputTensor<float> one => sample.Add(one.Name, ElementType.Float, one.Span, shape),
                InputTensor<byte> one => sample.Add(one.Name, ElementType.UInt8, one.Span, shape),
                InputTensor<int> one => sample.Add(one.Name, ElementType.Int32, one.Span, shape),
                InputTensor<long> one => sample.Add(one.Name, ElementType.Int64, one.Span, shape),
                InputTensor<bool> one => sample.Add(one.Name, ElementType.Bool, one.Span, shape),
                InputTensor<Half> one => sample.Add(one.Name, ElementType.Float16, one.Span, shape),
                InputTensor<double> one => sample.Add(one.Name, ElementType.Double, one.Span, shape),
                _ => throw new NotSupportedException($"The input '{tensor.Name}' has a type that samples do not have. "
                    + "Samples are of float, double, Half, byte, int, long and bool."),
            };
        }

        return sample;
    }

    /// <summary>Adds one input.</summary>
    /// <param name="input">ONNX name of the input.</param>
    /// <param name="values">The elements, row-major. They are copied.</param>
    /// <param name="shape">The sizes; their product is the number of elements.</param>
    /// <returns>This sample.</returns>
    /// <exception cref="ArgumentException">
    /// The sizes do not fit the number of elements, or the input is there already.
    /// </exception>
    public ModelSample Add(string input, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Add(input, ElementType.Float, values, shape);

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public ModelSample Add(string input, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        Add(input, ElementType.Int64, values, shape);

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public ModelSample Add(string input, ReadOnlySpan<int> values, params ReadOnlySpan<long> shape) =>
        Add(input, ElementType.Int32, values, shape);

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public ModelSample Add(string input, ReadOnlySpan<byte> values, params ReadOnlySpan<long> shape) =>
        Add(input, ElementType.UInt8, values, shape);

    /// <inheritdoc cref="Add(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public ModelSample Add(string input, ReadOnlySpan<bool> values, params ReadOnlySpan<long> shape) =>
        Add(input, ElementType.Bool, values, shape);

    /// <summary>Adds one input of any type of fixed size.</summary>
    internal ModelSample Add<T>(string input, ElementType type, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        long count = 1;
        foreach (var size in shape) count = checked(count * size);
        if (count != values.Length)
        {
            throw new ArgumentException($"The sample for '{input}' has {values.Length} elements, and its shape "
                + $"[{string.Join(", ", shape.ToArray())}] has {count}. Give the shape of these elements.", nameof(shape));
        }

        if (!_tensors.TryAdd(input, (type, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray())))
            throw new ArgumentException($"The sample has '{input}' already. Make a new ModelSample for each run.", nameof(input));
        return this;
    }
}
