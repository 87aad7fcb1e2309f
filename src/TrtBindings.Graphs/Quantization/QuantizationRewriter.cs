using System.Globalization;
using System.Runtime.InteropServices;
using TrtBindings.Graphs.Conversion;
using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Quantization;

/// <summary>
/// Writes QuantizeLinear and DequantizeLinear nodes, and weights of 8 bits. Scales are rounded to the type that they will have in
/// the file before anything is divided by them.
/// </summary>
internal sealed class QuantizationRewriter(Draft draft, QuantizationOptions options)
{
    /// <summary>The smallest full number of float32 and of BF16.</summary>
    private const float SmallestScale = 1.1754944e-38f;

    private readonly HashSet<Node> _placed = [];
    private readonly Dictionary<Node, List<Node>> _after = [];
    private readonly Dictionary<Node, List<Node>> _before = [];
    private readonly List<Node> _first = [];
    private readonly Dictionary<(TensorProto, int), (Value Data, Value Scale, Value Zero)> _weights = [];
    private readonly Dictionary<int, Value> _zeros = [];

    /// <summary>The nodes that were added. They are in the type of the rest whatever their scales are.</summary>
    public IReadOnlySet<Node> Placed => _placed;

    private float Largest => options.Type == ElementType.Int8 ? QuantizedData.LargestInt8 : Float8.Largest;

    /// <summary>Writes all of them.</summary>
    /// <param name="values">What is quantized, for whom.</param>
    /// <param name="layers">Layers whose weights are quantized.</param>
    /// <param name="amaxByTensor">The range of each value, by name.</param>
    public void Rewrite(
        IReadOnlyList<QuantizedValue> values, IReadOnlyList<WeightedNode> layers, IReadOnlyDictionary<string, float> amaxByTensor)
    {
        var scales = new Dictionary<QuantizedValue, Value>();
        foreach (var group in values.GroupBy(one => one.Group))
        {
            var amax = group.Max(one => RangeOf(one.Value, amaxByTensor));
            var scale = ScaleOf(amax, group.First().Value.Type);
            var first = group.First().Value;
            foreach (var types in group.GroupBy(one => one.Value.Type))
            {
                var constant = AddScales(first.Name + "_scale", [], [scale], types.Key);
                foreach (var one in types) scales[one] = constant;
            }
        }

        foreach (var one in values) Quantize(one, scales[one]);
        foreach (var layer in layers) QuantizeWeights(layer);
        var nodes = _first.Concat(draft.Main.Nodes.SelectMany(node =>
            (_before.GetValueOrDefault(node) ?? []).Append(node).Concat(_after.GetValueOrDefault(node) ?? []))).ToList();
        draft.Main.Nodes.Clear();
        draft.Main.Nodes.AddRange(nodes);
    }

    private void Quantize(QuantizedValue quantized, Value scale)
    {
        var value = quantized.Value;
        var why = string.Join("; ", quantized.Readers.Select(one => one.Why).Distinct());
        var bytes = Add("QuantizeLinear", value.Name, "_quantized", options.Type, why, value, scale, Zero(0));
        var result = Add("DequantizeLinear", value.Name, "_dequantized", value.Type, why, bytes, scale, Zero(0));
        var place = value.Producer is not { } producer ? _first
            : _after.TryGetValue(producer, out var known) ? known : _after[producer] = [];
        place.AddRange([bytes.Producer!, result.Producer!]);
        foreach (var (reader, input, _) in quantized.Readers) reader.Inputs[input] = result;
    }

    private void QuantizeWeights(WeightedNode layer)
    {
        // FP8 has an exponent of its own for each number; TensorRT takes one scale for each channel only for some products.
        var axis = options.Type == ElementType.Int8 ? layer.Axis : -1;
        var tensor = layer.Weights.Initializer!;
        if (!_weights.TryGetValue((tensor, axis), out var found))
        {
            var data = draft.DataOf(tensor)!;
            float[] scales = [.. QuantizedData.MaxOf(data, tensor.Dims, axis).Select(amax => ScaleOf(amax, layer.Weights.Type))];
            found = (
                draft.AddConstant(
                    draft.Main, layer.Weights.Name + (options.Type == ElementType.Int8 ? "_int8" : "_fp8"), tensor.Dims,
                    new QuantizedData(data, options.Type, [.. tensor.Dims], axis, scales)),
                AddScales(layer.Weights.Name + "_scale", axis < 0 ? [] : [scales.Length], scales, layer.Weights.Type),
                Zero(axis < 0 ? 0 : scales.Length));
            _weights[(tensor, axis)] = found;
        }

        // One for each layer: TensorRT fuses it with the layer.
        var result = Add("DequantizeLinear", layer.Weights.Name, "_dequantized", layer.Weights.Type,
            axis < 0 ? $"weights of {layer.Node}" : $"weights of {layer.Node}, a scale for each output channel",
            found.Data, found.Scale, found.Zero);
        if (axis >= 0) result.Producer!.Proto.Attribute.Add(new AttributeProto { Name = "axis", Type = 2, I = axis });
        layer.Node.Inputs[1] = result;
        _before[layer.Node] = [result.Producer!];
    }

    private Value Add(string type, string name, string suffix, ElementType element, string why, params ReadOnlySpan<Value> inputs)
    {
        var node = new Node(new() { OpType = type, DocString = why }, draft.Main);
        var result = new Value(draft.Names.Take(name + suffix), draft.Main) { Producer = node, Type = element };
        node.Proto.Name = result.Name + "/" + type;
        foreach (var input in inputs) node.Inputs.Add(input);
        node.Outputs.Add(result);
        _placed.Add(node);
        return result;
    }

    private float RangeOf(Value value, IReadOnlyDictionary<string, float> ranges)
    {
        if (ranges.TryGetValue(value.Name, out var amax) && float.IsFinite(amax) && amax >= 0) return amax;
        throw new ModelConversionException(draft.File.Path, string.Create(CultureInfo.InvariantCulture,
            $"The calibration of '{draft.File.Path}' has no range for '{value.Name}'. Calibrate it again."));
    }

    /// <summary>The scale for a range, as the type that it will have holds it.</summary>
    private float ScaleOf(float amax, ElementType type)
    {
        // Always zero: any scale is right.
        var scale = (amax > 0 ? amax : 1) / Largest;
        return FinalType(type) switch
        {
            ElementType.Float16 => (float)Half.Max((Half)scale, Half.Epsilon),
            ElementType.BFloat16 => Math.Max((float)(BFloat16)scale, SmallestScale),
            _ => Math.Max(scale, SmallestScale),
        };
    }

    private ElementType FinalType(ElementType type) => options.Rest switch
    {
        ElementType.Float16 when type == ElementType.Float => ElementType.Float16,
        ElementType.BFloat16 when type is ElementType.Float or ElementType.Float16 => ElementType.BFloat16,
        _ => type,
    };

    private Value AddScales(string name, long[] shape, float[] scales, ElementType type)
    {
        var data = new InlineData(ElementType.Float, scales.Length, MemoryMarshal.AsBytes(scales.AsSpan()).ToArray());
        return draft.AddConstant(draft.Main, name, shape,
            type == ElementType.Float ? data : new InlineData(type, scales.Length, new ConvertedData(data, type).ToArray()));
    }

    /// <summary>Zero points; a scalar for a length of 0. TensorRT takes none that are not 0.</summary>
    private Value Zero(int length)
    {
        if (_zeros.TryGetValue(length, out var zero)) return zero;
        var count = Math.Max(1, length);
        return _zeros[length] = draft.AddConstant(draft.Main, length == 0 ? "zero_point" : $"zero_points_{length}",
            length == 0 ? [] : [length], new InlineData(options.Type, count, new byte[count]));
    }
}
