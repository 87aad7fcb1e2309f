namespace TrtBindings.Graphs.Structure;

/// <summary>
/// Puts the bodies of model-local functions where they are called. A body has no types of its own: two calls of one function can
/// need two precisions.
/// </summary>
internal sealed class FunctionInliner
{
    /// <summary>Far beyond any model; functions that call each other can stand for more nodes than there is memory.</summary>
    private const int MostNodes = 1_000_000;

    /// <summary>Deeper than any model; each level takes some of the stack.</summary>
    private const int MostLevels = 100;

    private readonly string _path;
    private readonly ModelProto _model;
    private readonly Dictionary<(string, string, string), FunctionProto> _functions = [];
    private readonly HashSet<string> _names = [];
    private readonly HashSet<FunctionProto> _open = new(ReferenceEqualityComparer.Instance);
    private int _nodes;

    private FunctionInliner(string path, ModelProto model)
    {
        (_path, _model) = (path, model);
        foreach (var function in model.Functions) _functions[(function.Domain, function.Name, function.Overload)] = function;
    }

    /// <summary>Replaces every call in a model whose function is written for the operator sets of the model.</summary>
    /// <exception cref="ModelFileException">A function calls itself.</exception>
    public static void Inline(string path, ModelProto model)
    {
        if (model.Functions.Count == 0) return;
        var inliner = new FunctionInliner(path, model);
        inliner.Collect(model.Graph);
        inliner.InlineIn(model.Graph);
        var kept = model.Functions.Where(function => !inliner.Fits(function)).ToList();
        // A function that stays can call any other one.
        if (kept.Count == 0) model.Functions.Clear();
    }

    private void Collect(GraphProto graph)
    {
        foreach (var input in graph.Input) _names.Add(input.Name);
        foreach (var tensor in graph.Initializer) _names.Add(tensor.Name);
        foreach (var node in graph.Node)
        {
            _names.UnionWith(node.Output);
            foreach (var subgraph in SubgraphsOf(node)) Collect(subgraph);
        }
    }

    private void InlineIn(GraphProto graph)
    {
        var nodes = graph.Node.ToList();
        graph.Node.Clear();
        foreach (var node in nodes) Add(node, graph.Node);
    }

    private void Add(NodeProto node, IList<NodeProto> target)
    {
        if (++_nodes > MostNodes)
            throw new ModelFileException(_path,
                $"The functions of '{_path}' stand for more than {MostNodes} nodes. Export it again.");
        if (!_functions.TryGetValue((node.Domain, node.OpType, node.Overload), out var function) || !Fits(function))
        {
            foreach (var subgraph in SubgraphsOf(node)) InlineIn(subgraph);
            target.Add(node);
            return;
        }

        if (!_open.Add(function) || _open.Count > MostLevels)
        {
            throw new ModelFileException(_path, $"The function '{function.Domain}.{function.Name}' of '{_path}' calls itself, or "
                + $"functions call each other more than {MostLevels} levels deep. Export the model again.");
        }

        foreach (var inner in Body(node, function)) Add(inner, target);
        _open.Remove(function);
    }

    private IEnumerable<NodeProto> Body(NodeProto call, FunctionProto function)
    {
        var names = new Dictionary<string, string>();
        for (var i = 0; i < function.Input.Count; i++) names[function.Input[i]] = i < call.Input.Count ? call.Input[i] : "";
        for (var i = 0; i < function.Output.Count; i++)
        {
            var wanted = i < call.Output.Count ? call.Output[i] : "";
            if (names.TryGetValue(function.Output[i], out var given))
            {
                // An input that is given back as it is.
                if (wanted.Length > 0) yield return new() { OpType = "Identity", Input = { given }, Output = { wanted } };
                continue;
            }

            if (wanted.Length > 0) names[function.Output[i]] = wanted;
        }

        var prefix = (call.HasName && call.Name.Length > 0 ? call.Name : function.Name) + "/";
        foreach (var inner in function.Node)
            foreach (var output in inner.Output.Where(output => output.Length > 0 && !names.ContainsKey(output)))
                names[output] = Free(prefix + output);
        foreach (var inner in function.Node)
        {
            var node = inner.Clone();
            if (node.HasName && node.Name.Length > 0) node.Name = prefix + node.Name;
            Rename(node, names, prefix, call, function);
            yield return node;
        }
    }

    private void Rename(
        NodeProto node, Dictionary<string, string> names, string prefix, NodeProto call, FunctionProto function)
    {
        for (var i = 0; i < node.Input.Count; i++) node.Input[i] = names.GetValueOrDefault(node.Input[i], node.Input[i]);
        for (var i = 0; i < node.Output.Count; i++) node.Output[i] = names.GetValueOrDefault(node.Output[i], node.Output[i]);
        for (var i = node.Attribute.Count - 1; i >= 0; i--)
        {
            if (node.Attribute[i].RefAttrName is not { Length: > 0 } reference) continue;
            var value = call.Attribute.FirstOrDefault(attribute => attribute.Name == reference)
                ?? function.AttributeProto.FirstOrDefault(attribute => attribute.Name == reference);
            var own = node.Attribute[i].Name;
            node.Attribute.RemoveAt(i);
            if (value is null) continue;
            value = value.Clone();
            value.Name = own;
            node.Attribute.Insert(i, value);
        }

        foreach (var graph in SubgraphsOf(node)) Rename(graph, names, prefix, call, function);
    }

    private void Rename(
        GraphProto graph, Dictionary<string, string> outer, string prefix, NodeProto call, FunctionProto function)
    {
        var names = new Dictionary<string, string>(outer);
        foreach (var name in graph.Input.Select(input => input.Name).Concat(graph.Initializer.Select(tensor => tensor.Name))
            .Concat(graph.Node.SelectMany(node => node.Output)).Where(name => name.Length > 0).Distinct())
            names[name] = Free(prefix + name);
        foreach (var tensor in graph.Initializer) tensor.Name = names[tensor.Name];
        foreach (var value in graph.Input.Concat(graph.Output).Concat(graph.ValueInfo))
            value.Name = names.GetValueOrDefault(value.Name, value.Name);
        foreach (var node in graph.Node) Rename(node, names, prefix, call, function);
    }

    private string Free(string wanted)
    {
        var name = wanted;
        for (var i = 2; !_names.Add(name); i++) name = $"{wanted}_{i}";
        return name;
    }

    /// <summary>True if a body means the same between the nodes of the model: its operator sets are the model's.</summary>
    private bool Fits(FunctionProto function)
    {
        foreach (var import in function.OpsetImport)
        {
            var own = _model.OpsetImport.FirstOrDefault(one => one.Domain == import.Domain);
            if (own is null) _model.OpsetImport.Add(import.Clone());
            else if (own.Version != import.Version) return false;
        }

        return true;
    }

    private static IEnumerable<GraphProto> SubgraphsOf(NodeProto node) => node.Attribute.SelectMany(
        attribute => attribute.G is { } graph ? attribute.Graphs.Prepend(graph) : attribute.Graphs);
}
