namespace TrtBindings.Backends;

/// <summary>The nodes of a model's main graph, and which values each value is computed from.</summary>
internal sealed class ModelNodes
{
    private readonly List<ListedNode> _nodes;
    private readonly Dictionary<string, int> _makers = [];
    private readonly HashSet<string> _computed = [];

    private ModelNodes(List<ListedNode> nodes, IEnumerable<string> inputs)
    {
        _nodes = nodes;
        HashSet<string> given = [.. inputs];
        for (var i = 0; i < nodes.Count; i++)
        {
            foreach (var output in nodes[i].Outputs) _makers.TryAdd(output, i);
            // What is computed from shapes alone is the same whatever a caller gives.
            if (nodes[i].Operator is "Shape" or "Size") continue;
            if (nodes[i].Inputs.Any(input => given.Contains(input) || _computed.Contains(input)))
                _computed.UnionWith(nodes[i].Outputs);
        }
    }

    /// <summary>Reads the nodes of a model.</summary>
    /// <exception cref="ModelFileException">It cannot be read, or is not an .onnx.</exception>
    public static ModelNodes Read(ModelSource source, ModelSignature signature)
    {
        try
        {
            using var stream = source.Open();
            return new(NodeListReader.Read(stream),
                signature.Inputs.Concat(signature.OptionalInputs).Select(input => input.Name));
        }
        catch (Exception e) when (e is OnnxFormatException or IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(source.Name, $"'{source.Name}' cannot be read: {e.Message}", null, e);
        }
    }

    /// <summary>True if a node makes this value from what a caller gives, and not from constants and shapes alone.</summary>
    public bool IsComputed(string value) => _computed.Contains(value);

    /// <summary>The node that makes a value; <see langword="null"/> for inputs and constants.</summary>
    public ListedNode? MakerOf(string value) => _makers.TryGetValue(value, out var at) ? _nodes[at] : null;

    /// <summary>Place of the node that makes a value; -1 for inputs and constants.</summary>
    public int PlaceOf(string value) => _makers.GetValueOrDefault(value, -1);

    /// <summary>All values that some are computed from. A value is among them only if another one is computed from it.</summary>
    public HashSet<string> Before(params IEnumerable<string> values)
    {
        var (found, open) = (new HashSet<string>(), new Stack<string>(values));
        while (open.TryPop(out var next))
        {
            if (MakerOf(next) is not { } maker) continue;
            foreach (var input in maker.Inputs)
                if (found.Add(input)) open.Push(input);
        }

        return found;
    }
}
