namespace TrtBindings.Graphs.Files;

/// <summary>Finds every tensor of a model, also those in attributes, subgraphs, functions and sparse tensors.</summary>
internal static class TensorWalk
{
    /// <summary>All of them, in the order of the file.</summary>
    public static IEnumerable<TensorProto> All(ModelProto model) =>
        (model.Graph is { } graph ? Of(graph) : []).Concat(model.Functions.SelectMany(Of));

    private static IEnumerable<TensorProto> Of(FunctionProto function) =>
        function.Node.SelectMany(Of).Concat(function.AttributeProto.SelectMany(Of));

    private static IEnumerable<TensorProto> Of(GraphProto graph) =>
        graph.Node.SelectMany(Of).Concat(graph.Initializer).Concat(graph.SparseInitializer.SelectMany(Of));

    private static IEnumerable<TensorProto> Of(NodeProto node) => node.Attribute.SelectMany(Of);

    private static IEnumerable<TensorProto> Of(SparseTensorProto sparse)
    {
        if (sparse.Values is { } values) yield return values;
        if (sparse.Indices is { } indices) yield return indices;
    }

    private static IEnumerable<TensorProto> Of(AttributeProto attribute)
    {
        if (attribute.T is { } tensor) yield return tensor;
        foreach (var one in attribute.Tensors) yield return one;
        if (attribute.G is { } graph)
            foreach (var one in Of(graph)) yield return one;
        foreach (var one in attribute.Graphs.SelectMany(Of)) yield return one;
        if (attribute.SparseTensor is { } sparse)
            foreach (var one in Of(sparse)) yield return one;
        foreach (var one in attribute.SparseTensors.SelectMany(Of)) yield return one;
    }
}
