namespace TrtBindings.Graphs.Structure;

/// <summary>
/// What a name stands for in one graph: an input, an initializer or what a node gives. Nodes refer to the object, not to the
/// name, so that names can change and a subgraph's use of an outer value is a use like any other.
/// </summary>
internal sealed class Value(string name, Graph owner)
{
    /// <summary>The name in the file. Unique in its graph.</summary>
    public string Name { get; set; } = name;

    /// <summary>The graph that the value belongs to.</summary>
    public Graph Owner { get; } = owner;

    /// <summary>The elements of a tensor; undefined if that is not known or the value is no tensor.</summary>
    public ElementType Type { get; set; }

    /// <summary>The node that gives it; <see langword="null"/> for inputs and initializers.</summary>
    public Node? Producer { get; set; }

    /// <summary>The constant; for an input with a default, the default.</summary>
    public TensorProto? Initializer { get; set; }

    /// <summary>The constant, if it is sparse.</summary>
    public SparseTensorProto? SparseInitializer { get; set; }

    /// <summary>What the file says about it as an input, an output or between nodes; the most binding one of them.</summary>
    public ValueInfoProto? Declaration { get; set; }

    /// <summary>True for an input of its graph, also where it has a default.</summary>
    public bool IsInput { get; set; }

    /// <summary>A constant that no caller can replace.</summary>
    public bool IsConstant => Initializer is not null && !IsInput;

    public override string ToString() => $"{Name}: {Type.OnnxName()}";
}
