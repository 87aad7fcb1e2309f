namespace TrtBindings.ModelFiles.Onnx;

/// <summary>A <c>TypeProto</c> while it is read.</summary>
internal sealed class ValueType
{
    private string[]? _dimensionDenotations;

    public ValueKind Kind { get; private set; }
    public ElementType ElementType { get; set; }
    public ElementType KeyType { get; set; }
    public List<Dimension>? Dimensions { get; set; }
    public ValueType? Item { get; set; }
    public string Denotation { get; set; } = "";
    public string OpaqueDomain { get; set; } = "";
    public string OpaqueName { get; set; } = "";

    /// <summary>Sets the kind. If the file has several, the last one counts, as for <c>oneof</c> in protobuf.</summary>
    public ValueType Become(ValueKind kind)
    {
        if (Kind == kind) return this;
        Kind = kind;
        ElementType = KeyType = ElementType.Undefined;
        Dimensions = null;
        _dimensionDenotations = null;
        Item = null;
        OpaqueDomain = OpaqueName = "";
        return this;
    }

    /// <summary>Records the denotation of a dimension.</summary>
    public void DenoteDimension(int index, string denotation)
    {
        if (denotation.Length == 0) return;
        _dimensionDenotations ??= new string[OnnxLimits.Rank];
        _dimensionDenotations[index] = denotation;
    }

    /// <summary>The description of a value of this type.</summary>
    public TensorDescription Describe(string name, string documentation)
    {
        var tensor = this;
        while (tensor.Item is not null) tensor = tensor.Item;
        return new TensorDescription(name, Kind, ElementType, Shape(), Text(), documentation)
        {
            ItemElementType = tensor == this ? ElementType.Undefined : tensor.ElementType,
            ItemShape = tensor == this ? SymbolicShape.Unranked : tensor.Shape(),
            Denotation = Denotation,
            DimensionDenotations = Denotations(),
        };
    }

    private SymbolicShape Shape() =>
        Dimensions is null ? SymbolicShape.Unranked : new SymbolicShape(true, new(Dimensions.ToArray()));

    private EquatableArray<string> Denotations()
    {
        if (_dimensionDenotations is null || Dimensions is null) return default;
        var denotations = new string[Dimensions.Count];
        for (var i = 0; i < denotations.Length; i++) denotations[i] = _dimensionDenotations[i] ?? "";
        return new(denotations);
    }

    // OnnxLimits.Depth bounds the recursion.
    private string Text() => Kind switch
    {
        ValueKind.Tensor => "tensor(" + ElementType.OnnxName() + ")",
        ValueKind.SparseTensor => "sparse_tensor(" + ElementType.OnnxName() + ")",
        ValueKind.Sequence => "seq(" + ItemText() + ")",
        ValueKind.Optional => "optional(" + ItemText() + ")",
        ValueKind.Map => "map(" + KeyType.OnnxName() + "," + ItemText() + ")",
        ValueKind.Opaque => "opaque(" + OpaqueDomain + "," + OpaqueName + ")",
        _ => "",
    };

    private string ItemText() => Item?.Text() ?? "";
}
