using TrtBindings.Graphs.Structure;
using TrtBindings.Graphs.Types;

namespace TrtBindings.Graphs.Conversion;

/// <summary>
/// Carries out a plan: gives values their new types and adds a Cast where a node needs another type than the value has. One Cast
/// serves all readers of a value.
/// </summary>
internal sealed class PrecisionRewriter
{
    private readonly Draft _draft;
    private readonly ElementType _type;
    private readonly PrecisionPlan _plan;
    private readonly TypeCoercion _coercion;
    private readonly Dictionary<Value, ElementType> _original;

    public PrecisionRewriter(Draft draft, ElementType type, PrecisionPlan plan)
    {
        (_draft, _type, _plan) = (draft, type, plan);
        _coercion = new(draft);
        _original = draft.Main.All().SelectMany(graph => graph.Values()).ToDictionary(value => value, value => value.Type);
    }

    /// <summary>Nodes that compute in the new type.</summary>
    public int Converted { get; private set; }

    /// <summary>Cast nodes that were added.</summary>
    public int Casts => _coercion.Casts;

    /// <summary>Rewrites the whole model.</summary>
    public void Rewrite(ConversionOptions options)
    {
        var main = _draft.Main;
        foreach (var input in main.Inputs.Where(input => options.ConvertInputs && IsOurs(input))) Retype(input);
        RewriteNodes(main);
        for (var i = 0; i < main.Outputs.Count; i++)
        {
            var output = main.Outputs[i];
            var wanted = options.ConvertOutputs && IsOurs(output) ? _type : _original.GetValueOrDefault(output, output.Type);
            if (output.Type != wanted) _coercion.Replace(main, output, wanted);
        }

        _coercion.Place();
        CastCleanup.Run(_draft);
        _coercion.RestoreNames();
    }

    private void RewriteNodes(Graph graph)
    {
        foreach (var node in graph.Nodes) Rewrite(node);
    }

    private void Rewrite(Node node)
    {
        if (_plan.Kept.ContainsKey(node) || !_plan.IsConcerned(node) || Follows(node)) Keep(node);
        else if (node.Subgraphs.Count > 0) RewriteControlFlow(node);
        else Convert(node);
    }

    /// <summary>
    /// True if the node only moves elements that stayed as they were: casts round it would cost more than they give.
    /// </summary>
    private bool Follows(Node node)
    {
        if (OperatorTable.Find(node.Domain, node.Operator) is not { Moves: true } rule) return false;
        var moved = node.Inputs.Where((input, i) => rule.Input(i) == 'T' && input is not null && IsOurs(input)).ToList();
        return moved.Exists(input => !input!.IsConstant) && !moved.Exists(input => input!.Type == _type);
    }

    private void Keep(Node node)
    {
        var takesAny = node is { Domain: "", Operator: "Cast" or "Shape" or "Size" };
        for (var i = 0; i < node.Inputs.Count && !takesAny; i++)
            if (node.Inputs[i] is { } input) node.Inputs[i] = _coercion.To(input, _original.GetValueOrDefault(input, input.Type));
        foreach (var subgraph in node.Subgraphs)
        {
            RewriteNodes(subgraph);
            CoerceOutputs(subgraph, output => _original.GetValueOrDefault(output, output.Type));
        }
    }

    private void Convert(Node node)
    {
        switch (node.Operator)
        {
            case "Shape" or "Size": return;
            case "Cast":
                if (node.Attribute("to") is not { } to || !_plan.Converts((ElementType)to.I)) return;
                to.I = (long)_type;
                break;
            case "Constant" or "ConstantOfShape":
                if (!ConvertConstant(node)) return;
                break;
        }

        Converted++;
        var rule = OperatorTable.Find(node.Domain, node.Operator);
        for (var i = 0; i < node.Inputs.Count && rule is not null; i++)
        {
            if (node.Inputs[i] is not { } input) continue;
            var isOurs = rule.Input(i) is 'T' or 't' && _plan.Converts(_original.GetValueOrDefault(input, input.Type));
            node.Inputs[i] = _coercion.To(input, isOurs ? _type : _original.GetValueOrDefault(input, input.Type));
        }

        for (var i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i] is { } output && IsOurs(output) && (rule is null || rule.Output(i) == 'T')) Retype(output);
        }
    }

    /// <summary>What a graph of control flow takes and gives is converted, whatever its nodes are.</summary>
    private void RewriteControlFlow(Node node)
    {
        Converted++;
        for (var i = 0; i < node.Inputs.Count; i++)
            if (node.Inputs[i] is { } input && IsOurs(input)) node.Inputs[i] = _coercion.To(input, _type);
        foreach (var subgraph in node.Subgraphs)
        {
            foreach (var input in subgraph.Inputs.Where(IsOurs)) Retype(input);
            RewriteNodes(subgraph);
            CoerceOutputs(subgraph, output => IsOurs(output) ? _type : output.Type);
        }

        foreach (var output in node.Outputs.OfType<Value>().Where(IsOurs)) Retype(output);
    }

    private void CoerceOutputs(Graph subgraph, Func<Value, ElementType> wanted)
    {
        // The names of a subgraph's outputs mean nothing outside, so the other value can simply take the place.
        for (var i = 0; i < subgraph.Outputs.Count; i++)
            subgraph.Outputs[i] = _coercion.To(subgraph.Outputs[i], wanted(subgraph.Outputs[i]), subgraph);
    }

    private bool ConvertConstant(Node node)
    {
        if (node.Result is not { } output || !IsOurs(output)) return false;
        if (node.Attribute("value")?.T is { } tensor && _draft.DataOf(tensor) is { } data)
        {
            _draft.SetData(tensor, new Files.ConvertedData(data, _type));
            return true;
        }

        if (node.Operator != "ConstantOfShape") return false;
        // Without a value it gives zeros of float32.
        var zero = new TensorProto { Dims = { 1 } };
        _draft.SetData(zero, new Files.InlineData(_type, 1, new byte[2]));
        node.Proto.Attribute.Add(new AttributeProto { Name = "value", Type = 4, T = zero });
        return true;
    }

    private bool IsOurs(Value value) => _plan.Converts(_original.GetValueOrDefault(value, value.Type));

    private void Retype(Value value)
    {
        value.Type = _type;
        // An input with a default: the default goes along.
        if (value.Initializer is { } tensor && _draft.DataOf(tensor) is { } data)
            _draft.SetData(tensor, new Files.ConvertedData(data, _type));
    }
}
