namespace TrtBindings.ModelFiles.Onnx;

/// <summary>
/// Collects the nodes and constants of the main graph, and finds outputs whose declared size cannot hold for every input:
/// exporters trace a model at one size and then open a dimension of its inputs alone.
/// </summary>
internal sealed class ShapeTally
{
    /// <summary>Maximum number of nodes. Nothing is concluded for larger graphs.</summary>
    private const int MostNodes = 1 << 17;

    private readonly List<NodeFacts> _nodes = [];
    private readonly ValueTable _values = new();
    private int _count;

    /// <summary>A place for the facts of the next node; <see langword="null"/> in a graph that is too large.</summary>
    public NodeFacts? NextNode()
    {
        if (++_count > MostNodes) return null;
        var node = new NodeFacts();
        _nodes.Add(node);
        return node;
    }

    /// <summary>Adds an initializer.</summary>
    public void AddConstant(TensorHeader tensor) => _values[ProtobufReader.NameHash(tensor.Name)] = tensor.Facts;

    /// <summary>The outputs, with the fixed sizes marked that vary with a dynamic dimension of the inputs.</summary>
    /// <param name="inputs">The inputs that a caller gives.</param>
    /// <param name="outputs">The outputs.</param>
    /// <param name="overridable">Inputs with a default, whose elements may be others.</param>
    public TensorDescription[] Mark(
        List<TensorDescription> inputs, List<TensorDescription> outputs, List<TensorDescription> overridable)
    {
        var all = outputs.ToArray();
        if (_count > MostNodes || !Declare(inputs) || !HasFixed(outputs)) return all;
        foreach (var input in overridable)
        {
            var name = ProtobufReader.NameHash(input.Name);
            _values[name] = new(_values[name].Shape);
        }

        // Nodes come after those whose results they use.
        foreach (var node in _nodes) ShapeRules.Apply(node, _values);
        for (var i = 0; i < all.Length; i++)
            if (_values[ProtobufReader.NameHash(all[i].Name)].Shape is { } shape) all[i] = Marked(all[i], shape);
        return all;
    }

    /// <summary>Adds the inputs to the values. False if all their sizes are fixed.</summary>
    private bool Declare(List<TensorDescription> inputs)
    {
        var (names, unknown) = (new List<string>(), 0);
        foreach (var input in inputs)
        {
            if (input.Kind != ValueKind.Tensor || !input.Shape.IsRanked) continue;
            var shape = new Extent[input.Shape.Rank];
            for (var axis = 0; axis < shape.Length; axis++)
            {
                var dimension = input.Shape.Dimensions[axis];
                if (dimension.IsFixed)
                {
                    shape[axis] = Extent.Of(dimension.Value);
                    continue;
                }

                var name = dimension.Kind == DimensionKind.Named ? dimension.Name! : "\0" + unknown++;
                var index = names.IndexOf(name);
                if (index < 0)
                {
                    index = names.Count;
                    names.Add(name);
                }

                shape[axis] = Extent.Varying(1UL << Math.Min(index, 63));
            }

            _values[ProtobufReader.NameHash(input.Name)] = new(shape);
        }

        return names.Count > 0;
    }

    private static bool HasFixed(List<TensorDescription> outputs)
    {
        foreach (var output in outputs)
            foreach (var dimension in output.Shape.Dimensions)
                if (dimension.IsFixed) return true;
        return false;
    }

    private static TensorDescription Marked(TensorDescription output, Extent[] shape)
    {
        if (output.Shape.Rank != shape.Length) return output;
        var dimensions = new Dimension[shape.Length];
        var isMarked = false;
        for (var axis = 0; axis < dimensions.Length; axis++)
        {
            dimensions[axis] = output.Shape.Dimensions[axis];
            if (!dimensions[axis].IsFixed || !shape[axis].Varies) continue;
            dimensions[axis] = Dimension.Varying(dimensions[axis].Value);
            isMarked = true;
        }

        return isMarked ? output with { Shape = SymbolicShape.Of(dimensions) } : output;
    }
}
