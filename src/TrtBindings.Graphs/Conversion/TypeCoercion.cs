using TrtBindings.Graphs.Files;
using TrtBindings.Graphs.Structure;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// Makes the other form of a value where a node needs one: another constant, or a Cast right after the value is there.
/// </summary>
internal sealed class TypeCoercion(Draft draft)
{
    private readonly Dictionary<(Value, ElementType), Value> _forms = [];
    private readonly Dictionary<Graph, List<Node>> _casts = [];

    /// <summary>Cast nodes that were added.</summary>
    public int Casts { get; private set; }

    /// <summary>The value in a type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type that is needed.</param>
    /// <param name="user">The graph that must own it; <see langword="null"/> for that of the value.</param>
    public Value To(Value value, ElementType type, Graph? user = null)
    {
        if (value.Type == type || type == ElementType.Undefined || value.Type == ElementType.Undefined) return value;
        if (_forms.TryGetValue((value, type), out var form) && (user is null || form.Owner == user)) return form;
        if (value.IsConstant && value.Initializer is { } tensor && draft.DataOf(tensor) is { } data)
            form = draft.AddConstant(user ?? value.Owner, value.Name + Suffix(type), tensor.Dims, new ConvertedData(data, type));
        else form = Cast(value, type, user ?? value.Owner, draft.Names.Take(value.Name + Suffix(type)));
        _forms.TryAdd((value, type), form);
        return form;
    }

    /// <summary>Gives an output of the main graph another type; the name stays with the output.</summary>
    public void Replace(Graph graph, Value output, ElementType type)
    {
        var name = output.Name;
        var declaration = output.Declaration;
        var form = output.IsConstant ? To(output, type) : Cast(output, type, graph, name);
        output.Name = draft.Names.Take(name + Suffix(output.Type));
        form.Name = name;
        (output.Declaration, form.Declaration) = (null, declaration);
        // Readers of this type take what the output has: it is the same cast.
        if (_forms.Remove((output, type), out var same) && same != form) Redirect(graph, same, form);
        for (var i = 0; i < graph.Outputs.Count; i++)
            if (graph.Outputs[i] == output) graph.Outputs[i] = form;
    }

    /// <summary>Puts the Cast nodes into their graphs.</summary>
    public void Place()
    {
        foreach (var (graph, casts) in _casts)
        {
            var after = casts.ToLookup(cast => cast.Inputs[0]!.Owner == graph ? cast.Inputs[0]!.Producer : null);
            var nodes = after[null].Concat(graph.Nodes.SelectMany(node => after[node].Prepend(node))).ToList();
            graph.Nodes.Clear();
            graph.Nodes.AddRange(nodes);
        }
    }

    /// <summary>A constant that took the place of another one takes its name too: engines are refitted by these names.</summary>
    public void RestoreNames()
    {
        var left = draft.Main.All().SelectMany(graph => graph.Initializers).ToHashSet();
        foreach (var ((value, _), form) in _forms)
        {
            if (value.Initializer is not null && value.Owner == form.Owner && !left.Contains(value) && left.Remove(form))
                form.Name = value.Name;
        }
    }

    private static string Suffix(ElementType type) => type switch
    {
        ElementType.Float16 => "_fp16",
        ElementType.BFloat16 => "_bf16",
        _ => "_fp32",
    };

    private Value Cast(Value value, ElementType type, Graph owner, string name)
    {
        // Before, the type was a text, whose result ONNX Runtime cannot tell.
        if (draft.Opset < 6)
        {
            throw new ModelConversionException(draft.File.Path, $"'{draft.File.Path}' is written in operator set {draft.Opset}, "
                + "in which a Cast to another precision cannot be written. Export the model again with operator set 13 or later.");
        }

        var proto = new NodeProto { OpType = "Cast", Name = draft.Names.Take(name + "_cast") };
        proto.Attribute.Add(new AttributeProto { Name = "to", Type = 2, I = (long)type });
        var node = new Node(proto, owner);
        var result = new Value(name, owner) { Type = type, Producer = node };
        node.Inputs.Add(value);
        node.Outputs.Add(result);
        if (!_casts.TryGetValue(owner, out var casts)) _casts[owner] = casts = [];
        casts.Add(node);
        Casts++;
        return result;
    }

    private void Redirect(Graph main, Value from, Value to)
    {
        foreach (var node in main.All().SelectMany(graph => graph.Nodes).Concat(_casts.Values.SelectMany(casts => casts)))
        {
            for (var i = 0; i < node.Inputs.Count; i++)
                if (node.Inputs[i] == from) node.Inputs[i] = to;
        }

        if (from.Producer is { } cast && _casts[cast.Owner].Remove(cast)) Casts--;
        if (from.Producer is null) main.Initializers.Remove(from);
    }
}
