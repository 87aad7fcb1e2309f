namespace TrtBindings.TestSupport;

/// <summary>Five models of a few kilobytes. Together they use every protobuf message that the reader parses.</summary>
internal static class SmallModels
{
    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } =
    [
        ("metadata", Metadata()),
        ("subgraphs", Subgraphs()),
        ("types", Types()),
        ("external", External()),
        ("initializers", Initializers()),
    ];

    private static byte[] Metadata() => new OnnxModelBuilder()
        .Documentation("A model with everything around the graph, not in it.")
        .Opset("", 17).Opset("ai.onnx.ml", 3)
        .Input("images", ElementType.Float, "batch", 3, 640, 640)
        .Output("scores", ElementType.Float, "batch", null, "?", "")
        .Node("Identity", ["images"], ["scores"])
        .Metadata("names", "{0: 'person', 1: 'bicycle', 2: 'żółw'}")
        .Metadata("stride", "32")
        .ToBytes();

    private static byte[] Subgraphs()
    {
        var inner = Branch("Relu");
        var then = Branch("Neg").Node(
            "If", ["c"], ["deep"],
            OnnxAttribute.Graph("then_branch", inner), OnnxAttribute.Graph("else_branch", inner));
        return new OnnxModelBuilder()
            .Input("c", ElementType.Bool).Input("x", ElementType.Float, 4)
            .Output("y", ElementType.Float, 4)
            .Node(
                "If", ["c"], ["y"],
                OnnxAttribute.Graph("then_branch", then), OnnxAttribute.Graph("else_branch", inner))
            .ToBytes();
    }

    private static byte[] Types()
    {
        var floats = OnnxType.Tensor(ElementType.Float, "n", 4);
        return new OnnxModelBuilder()
            .Graph(g => g
                .Input("seq", OnnxType.Sequence(OnnxType.Map(ElementType.Int64, floats)), "a list of maps")
                .Input("opt", OnnxType.Optional(OnnxType.Sequence(floats)))
                .Input("sparse", OnnxType.SparseTensor(ElementType.Double, 10, 10))
                .Input("opaque", OnnxType.Opaque("domain", "Handle"))
                .Input("untyped", null)
                .Output("out", OnnxType.Unranked(ElementType.String)))
            .ToBytes();
    }

    private static byte[] External() => new OnnxModelBuilder()
        .Opset("", 17).Opset("custom", 1)
        .Input("x", ElementType.Float, 1, 64)
        .Output("y", ElementType.Float, 1, 64)
        .ExternalInitializer("w", ElementType.Float, [64, 64], "weights.bin", 4096, 16384)
        .ExternalInitializer("b", ElementType.Float, [64], "weights.bin", 0, 256)
        .Graph(g => g
            .Node("custom", "Twice", ["x"], ["t"])
            .Node("Gemm", ["t", "w", "b"], ["y"], OnnxAttribute.Float("alpha", 0.5f), OnnxAttribute.Int("transB", 1)))
        .Function(
            "custom", "Twice", ["x"], ["y"], "Constant",
            OnnxAttribute.Tensor("value", OnnxTensor.External("two", ElementType.Float, [1], "constants.bin")))
        .ToBytes();

    private static byte[] Initializers() => new OnnxModelBuilder()
        .IrVersion(3)
        .Input("x", ElementType.Float, 2, 3).Input("w", ElementType.Float, 3, 100)
        .Output("y", ElementType.Float, 2, 100)
        .Initializer("w", ElementType.Float, [3, 100], new byte[1200])
        .Graph(g => g
            .Initializer(OnnxTensor.Strings("words", [3], "a", "", "ż"))
            .Initializer(OnnxTensor.Int64s("shape", [2], 2, -1))
            .SparseInitializer(
                OnnxTensor.Floats("sparse", [2], 1, 2), OnnxTensor.Int64s("sparse_indices", [2], 0, 5), 3, 3))
        .Node("MatMul", ["x", "w"], ["y"], OnnxAttribute.Ints("ints", 1, -1), OnnxAttribute.Floats("floats", 1, 2))
        .ToBytes();

    private static OnnxGraphBuilder Branch(string opType) => new OnnxGraphBuilder("branch")
        .Node("Constant", [], ["k"], OnnxAttribute.Tensor("value", OnnxTensor.Floats("k", [4], 1, 2, 3, 4)))
        .Node(opType, ["x"], ["out"])
        .Output("out", ElementType.Float, 4);
}
