using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Quantization;

/// <summary>
/// Decides which values are quantized, for which readers, and which of them share a scale, beginning with the inputs of the nodes
/// that are quantized and going back from there. A value that no quantized node needs is never quantized: not behind the last
/// layer, and not between a layer and its activation.
/// </summary>
internal sealed class Placement
{
    private readonly Uses _uses;
    private readonly Activation _activations;
    private readonly HashSet<Node> _quantized;
    private readonly IReadOnlyDictionary<Node, string> _kept;
    private readonly bool _isJoined;
    private readonly bool _isInt8;
    private readonly Dictionary<Value, QuantizedValue> _values = [];
    private readonly Queue<Value> _waiting = [];
    private readonly List<(Node Reader, QuantizedValue One, QuantizedValue Other)> _joins = [];
    private readonly Dictionary<Node, (int Place, int Depth)> _depths;

    /// <param name="main">The graph.</param>
    /// <param name="uses">Who reads what.</param>
    /// <param name="activations">Its activations.</param>
    /// <param name="quantized">Layers that compute with quantized inputs.</param>
    /// <param name="kept">Nodes through which nothing is quantized.</param>
    /// <param name="options">How to place.</param>
    public Placement(
        Graph main, Uses uses, Activation activations, IReadOnlyList<WeightedNode> quantized,
        IReadOnlyDictionary<Node, string> kept, QuantizationOptions options)
    {
        (_uses, _activations, _kept) = (uses, activations, kept);
        _quantized = [.. quantized.Select(one => one.Node)];
        _isInt8 = options.Type == ElementType.Int8;
        // TensorRT's FP8 is for layers; what lies between them runs in 16 bits.
        _isJoined = _isInt8 && options.Concat == ConcatQuantization.Inputs;
        _depths = Depths(main);
        foreach (var one in quantized) Need(one.Node.Inputs[0]!, one.Node, 0, $"input of {one.Node}");
        while (_isInt8 && (_waiting.Count > 0 || NeedSplits(main)))
            if (_waiting.TryDequeue(out var value)) GoBack(value);
        while (DropAlone())
        {
        }

        foreach (var (_, one, other) in _joins) one.Join(other);
        Values = [.. _values.Values.OrderBy(one => one.Value.Producer is { } node ? _depths[node].Place : -1)
            .ThenBy(one => one.Value.Producer?.Outputs.IndexOf(one.Value) ?? main.Inputs.IndexOf(one.Value))];
    }

    /// <summary>The values, in the order in which the graph makes them.</summary>
    public IReadOnlyList<QuantizedValue> Values { get; }

    private QuantizedValue? Need(Value value, Node reader, int input, string why)
    {
        if (!IsQuantizable(value)) return null;
        if (!_values.TryGetValue(value, out var found))
        {
            _values[value] = found = new(value);
            _waiting.Enqueue(value);
        }

        if (!found.Readers.Exists(one => one.Reader == reader && one.Input == input)) found.Readers.Add((reader, input, why));
        return found;
    }

    /// <summary>A value that moves in 8 bits if what makes it could take 8 bits.</summary>
    private void GoBack(Value value)
    {
        if (value.Producer is not { Domain: "" } node || _kept.ContainsKey(node)) return;
        var origin = _activations.SourceOf(node)?.Producer ?? node;
        if (origin is { Operator: "Add", Domain: "" } && !_kept.ContainsKey(origin)) NeedBranches(origin);
        else if (node.Operator == "Concat" && _isJoined) NeedJoined(value, node);
        else if (IsMove(node) && node.Operator != "Split") NeedBefore(value, node);
    }

    /// <summary>
    /// One branch is the layer itself: it has no Q/DQ, so that TensorRT fuses it with the Add, and the other one is quantized.
    /// Two branches from elsewhere are added in 8 bits, by one scale.
    /// </summary>
    private void NeedBranches(Node add)
    {
        if (add.Inputs is not [{ } left, { } right] || left == right || !IsQuantizable(left) || !IsQuantizable(right)) return;
        var (fuseLeft, fuseRight) = (IsFused(left), IsFused(right));
        // Of two layers the shortcut is the one that is reached sooner.
        if (fuseLeft && fuseRight) fuseLeft = !(fuseRight = _depths[right.Producer!].Depth >= _depths[left.Producer!].Depth);
        var why = fuseLeft || fuseRight
            ? $"shortcut of {add}; the other branch is {(fuseLeft ? left : right).Producer}, which fuses with it"
            : $"branch of {add}, one scale for both";
        var first = fuseLeft ? null : Need(left, add, 0, why);
        var second = fuseRight ? null : Need(right, add, 1, why);
        if (first is not null && second is not null) _joins.Add((add, first, second));
    }

    private void NeedJoined(Value value, Node concat)
    {
        if (concat.Inputs.Exists(input => input is null || !IsQuantizable(input)) || _uses.IsOutput(value)) return;
        for (var i = 0; i < concat.Inputs.Count; i++)
            NeedJoined(concat.Inputs[i]!, concat, i, value, $"input of {concat}, one scale for all");
    }

    private void NeedBefore(Value value, Node move)
    {
        if (move.Inputs[0] is not { } input) return;
        NeedJoined(input, move, 0, value, $"input of {move}, which moves 8 bits by one scale");
    }

    /// <summary>
    /// An input that has the scale of a value that its reader gives, as long as the reader takes 8 bits: what is taken back later
    /// must not leave its scale behind.
    /// </summary>
    private void NeedJoined(Value input, Node reader, int place, Value given, string why)
    {
        if (Need(input, reader, place, why) is { } needed) _joins.Add((reader, needed, _values[given]));
    }

    /// <summary>A Split moves 8 bits if all that it gives is needed in 8 bits.</summary>
    private bool NeedSplits(Graph main)
    {
        foreach (var split in main.Nodes.Where(node => node is { Operator: "Split", Domain: "" } && !_kept.ContainsKey(node)))
        {
            var parts = split.Outputs.OfType<Value>().Where(part => !_uses.IsUnused(part)).ToList();
            if (parts.Count == 0 || !parts.TrueForAll(_values.ContainsKey) || split.Inputs[0] is not { } input
                || (_values.TryGetValue(input, out var known) && known.Readers.Exists(one => one.Reader == split))) continue;
            if (Need(input, split, 0, $"input of {split}, which moves 8 bits by one scale") is not { } needed) continue;
            foreach (var part in parts) _joins.Add((split, needed, _values[part]));
            return true;
        }

        return false;
    }

    /// <summary>
    /// An Add or Concat whose inputs nobody else reads in 8 bits has one Q/DQ behind it in place of one at each input: a Concat
    /// gives the same numbers, and TensorRT moves the quantization up by itself. ONNX Runtime makes a QLinearConcat or
    /// QLinearAdd of such nodes, and then refuses its own FP16 scales.
    /// </summary>
    private bool DropAlone()
    {
        foreach (var node in _values.Values.SelectMany(one => one.Readers).Select(one => one.Reader).Distinct())
        {
            if (node.Operator is not ("Add" or "Concat")) continue;
            var read = node.Inputs.Select(input => _values.GetValueOrDefault(input!)).ToList();
            if (read.TrueForAll(one => one is not null && one.Readers.TrueForAll(by => by.Reader == node))) return Drop(node);
        }

        return false;
    }

    /// <summary>Takes the quantization of a node's inputs back, and of what was quantized only for them.</summary>
    private bool Drop(Node reader)
    {
        _joins.RemoveAll(join => join.Reader == reader);
        foreach (var value in reader.Inputs.OfType<Value>().Distinct())
        {
            if (!_values.TryGetValue(value, out var known)) continue;
            known.Readers.RemoveAll(one => one.Reader == reader);
            if (known.Readers.Count > 0) continue;
            _values.Remove(value);
            if (value.Producer is { } move && (IsMove(move) || move.Operator == "Concat")) Drop(move);
        }

        return true;
    }

    /// <summary>True for a layer that only this one node reads.</summary>
    private bool IsFused(Value value) =>
        value.Producer is { } layer && _quantized.Contains(layer) && _uses.Of(value).Count == 1 && !_uses.IsOutput(value);

    /// <summary>Operators of pictures that give the elements of their input.</summary>
    private static bool IsMove(Node node) => node.Operator switch
    {
        "MaxPool" => node.Outputs.Count == 1 || node.Outputs[1] is null,
        "Resize" or "Upsample" => node.Attribute("mode") is not { } mode || mode.S.ToStringUtf8() == "nearest",
        "Split" or "Slice" or "DepthToSpace" or "SpaceToDepth" or "Identity" => true,
        _ => false,
    };

    private static bool IsQuantizable(Value value) => ConvertedData.IsFloat(value.Type)
        && value is { Initializer: null, SparseInitializer: null, Producer: not { Operator: "DequantizeLinear" } };

    private static Dictionary<Node, (int Place, int Depth)> Depths(Graph main)
    {
        var depths = new Dictionary<Node, (int Place, int Depth)>(main.Nodes.Count);
        foreach (var node in main.Nodes)
        {
            var depth = node.AllInputs().Select(input => input.Producer)
                .Max(producer => producer is not null && depths.TryGetValue(producer, out var known) ? known.Depth : (int?)0);
            depths[node] = (depths.Count, (depth ?? 0) + 1);
        }

        return depths;
    }
}
