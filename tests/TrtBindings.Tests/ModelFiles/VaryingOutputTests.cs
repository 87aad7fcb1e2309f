using Microsoft.ML.OnnxRuntime;
using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

/// <summary>
/// Models that open dimensions of their input x and declare all sizes of their output y as fixed, as exporters do. ONNX Runtime
/// runs each at two sizes: the axes of y that differ are those that the reader finds.
/// </summary>
public sealed class VaryingOutputTests
{
    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["scrfd"] = new([1, 3, null, null], [1, 3, 16, 16], [1, 3, 8, 24], g => g
            .Initializer(OnnxTensor.Floats("w", [2, 3, 3, 3], new float[54])).Initializer(Shape("s", -1, 1))
            .Node("Conv", ["x", "w"], ["c"], OnnxAttribute.Ints("pads", 1, 1, 1, 1), OnnxAttribute.Ints("strides", 2, 2))
            .Node("Transpose", ["c"], ["t"], OnnxAttribute.Ints("perm", 2, 3, 0, 1))
            .Node("Reshape", ["t", "s"], ["r"]).Node("Sigmoid", ["r"], ["y"])),
        ["classifier"] = new(["n", 3, 8, 8], [1, 3, 8, 8], [4, 3, 8, 8], g => g
            .Initializer(OnnxTensor.Floats("w", [5, 3], new float[15])).Initializer(OnnxTensor.Floats("b", [5], new float[5]))
            .Node("GlobalAveragePool", ["x"], ["p"]).Node("Flatten", ["p"], ["f"])
            .Node("Gemm", ["f", "w", "b"], ["l"], OnnxAttribute.Int("transB", 1)).Node("Softmax", ["l"], ["y"])),
        ["matmul"] = new(["n", 4], [1, 4], [3, 4], g => g
            .Initializer(OnnxTensor.Floats("w", [4, 5], new float[20])).Initializer(OnnxTensor.Floats("b", [5], new float[5]))
            .Node("MatMul", ["x", "w"], ["m"]).Node("Add", ["m", "b"], ["y"])),
        ["batch by shape, height open"] = new(["n", 3, "h", 4], [1, 3, 4, 4], [2, 3, 6, 4], Rows),
        ["batch by shape, image fixed"] = new(["n", 3, 4, 4], [1, 3, 4, 4], [2, 3, 4, 4], Rows),
        ["batch fixed, height open"] = new([2, 3, "h", 4], [2, 3, 4, 4], [2, 3, 6, 4], Rows),
        ["batch copied by a zero"] = new(["n", 3, "h", 4], [1, 3, 4, 4], [2, 3, 6, 4], g => g
            .Initializer(Shape("s", 0, -1)).Node("Reshape", ["x", "s"], ["y"])),
        ["merged and split again"] = new(["n", 3, 4], [1, 3, 4], [2, 3, 4], g => g
            .Initializer(Shape("s", -1, 4)).Initializer(Shape("back", -1, 3, 4))
            .Node("Reshape", ["x", "s"], ["m"]).Node("Relu", ["m"], ["r"]).Node("Reshape", ["r", "back"], ["y"])),
        ["resized to a fixed size"] = new([1, 3, "h", "w"], [1, 3, 4, 4], [1, 3, 6, 2], g => g
            .Initializer(Shape("s", 1, 3, 8, 8)).Node("Resize", ["x", "", "", "s"], ["y"])),
        ["resized by a factor"] = new([1, 3, "h", "w"], [1, 3, 4, 4], [1, 3, 6, 2], g => g
            .Initializer(OnnxTensor.Floats("f", [4], 1, 1, 2, 2)).Node("Resize", ["x", "", "f"], ["y"])),
        ["pooled to one"] = new([1, 3, "h", "w"], [1, 3, 4, 4], [1, 3, 6, 2], g => g
            .Node("GlobalMaxPool", ["x"], ["y"])),
        ["averaged"] = new(["n", 3, "h", "w"], [1, 3, 4, 4], [2, 3, 6, 2], g => g
            .Node("ReduceMean", ["x"], ["y"], OnnxAttribute.Ints("axes", 2, 3), OnnxAttribute.Int("keepdims", 0))),
        ["levels one after the other"] = new([1, 2, "h", "w"], [1, 2, 4, 4], [1, 2, 8, 4], g => g
            .Initializer(Shape("s", 1, 2, -1))
            .Node("MaxPool", ["x"], ["p"], OnnxAttribute.Ints("kernel_shape", 2, 2), OnnxAttribute.Ints("strides", 2, 2))
            .Node("Reshape", ["x", "s"], ["a"]).Node("Reshape", ["p", "s"], ["b"])
            .Node("Concat", ["a", "b"], ["c"], OnnxAttribute.Int("axis", 2))
            .Node("Transpose", ["c"], ["y"], OnnxAttribute.Ints("perm", 0, 2, 1))),
        ["the best two"] = new([1, "n"], [1, 4], [1, 7], g => g
            .Initializer(Shape("k", 2)).Node("TopK", ["x", "k"], ["y", "places"])),
        ["the first three"] = new([1, "n"], [1, 4], [1, 7], g => g
            .Initializer(Shape("b", 0)).Initializer(Shape("e", 3)).Initializer(Shape("a", 1))
            .Node("Slice", ["x", "b", "e", "a"], ["y"])),
        ["all but the first"] = new([1, "n"], [1, 4], [1, 7], g => g
            .Initializer(Shape("b", 1)).Initializer(Shape("e", long.MaxValue)).Initializer(Shape("a", 1))
            .Node("Slice", ["x", "b", "e", "a"], ["y"])),
        ["added to a table"] = new(["n", 3], [1, 3], [4, 3], g => g
            .Initializer(OnnxTensor.Floats("t", [1, 3], 1, 2, 3)).Node("Add", ["x", "t"], ["y"])),
        ["a row by number"] = new(["n", 3], [1, 3], [4, 3], g => g
            .Initializer(OnnxTensor.Int64s("i", [], 0)).Node("Gather", ["x", "i"], ["y"], OnnxAttribute.Int("axis", 0))),
        ["halves"] = new(["n", 4], [1, 4], [3, 4], g => g
            .Node("Split", ["x"], ["a", "b"], OnnxAttribute.Int("axis", 1)).Node("Sub", ["a", "b"], ["y"])),
        ["a new axis and an old one"] = new(["n", 1, 3], [1, 1, 3], [2, 1, 3], g => g
            .Initializer(Shape("a", 1)).Initializer(Shape("z", 0))
            .Node("Squeeze", ["x", "a"], ["q"]).Node("Unsqueeze", ["q", "z"], ["y"])),
        ["twice as long"] = new(["n", 3], [2, 3], [4, 3], g => g
            .Initializer(Shape("r", 2, 1)).Node("Tile", ["x", "r"], ["y"])),
        ["half the height by arithmetic"] = new([1, "h"], [1, 4], [1, 8], g => g
            .Initializer(Shape("i", 1)).Initializer(Shape("two", 2)).Initializer(Shape("more", 2, -1))
            .Node("Shape", ["x"], ["s"]).Node("Gather", ["s", "i"], ["h"]).Node("Div", ["h", "two"], ["half"])
            .Node("Concat", ["half", "two"], ["s2"], OnnxAttribute.Int("axis", 0)).Node("Reshape", ["x", "s2"], ["y"])),
        ["all sizes fixed"] = new([2, 3], [2, 3], [2, 3], g => g.Node("Relu", ["x"], ["y"])),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_declared_size_that_differs_from_run_to_run_is_found(string name)
    {
        var one = Cases[name];
        var traced = Run(one.Model(null), one.Traced);
        var other = Run(one.Model(null), one.Other);
        var read = Describe.Model(one.Model([.. traced.Select(object? (size) => size)])).Outputs[0].Shape;
        read.Dimensions.Select(dimension => dimension.Value).ShouldBe(traced);
        read.Dimensions.Select(dimension => dimension.Varies).ShouldBe(traced.Zip(other, (left, right) => left != right));
    }

    [Fact]
    public void What_an_unknown_operator_makes_is_believed()
    {
        var model = new OnnxModelBuilder().Opset("", 17).Opset("some.domain", 1).Input("x", ElementType.Float, 1, "n")
            .Output("y", ElementType.Float, 1, 4).Graph(g => g.Node("Relu", ["x"], ["r"]).Node("Det", ["r"], ["y"]));
        Describe.Model(model).Outputs[0].Shape.Varies.ShouldBeFalse();
    }

    /// <summary>y: x as [its batch, 3, all the rest].</summary>
    private static OnnxGraphBuilder Rows(OnnxGraphBuilder g) => g
        .Initializer(OnnxTensor.Int64s("zero", [], 0)).Initializer(Shape("front", 0)).Initializer(Shape("rest", 3, -1))
        .Node("Shape", ["x"], ["s"]).Node("Gather", ["s", "zero"], ["batch"]).Node("Unsqueeze", ["batch", "front"], ["b"])
        .Node("Concat", ["b", "rest"], ["to"], OnnxAttribute.Int("axis", 0)).Node("Reshape", ["x", "to"], ["y"]);

    private static OnnxTensor Shape(string name, params long[] sizes) => OnnxTensor.Int64s(name, [sizes.Length], sizes);

    private static long[] Run(OnnxModelBuilder model, long[] shape)
    {
        using var session = new InferenceSession(model.ToBytes());
        using var x = OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (all, size) => all * size)], shape);
        using var options = new RunOptions();
        using var results = session.Run(options, ["x"], [x], ["y"]);
        return results[0].GetTensorTypeAndShape().Shape;
    }

    private sealed record Case(object?[] Input, long[] Traced, long[] Other, Func<OnnxGraphBuilder, OnnxGraphBuilder> Build)
    {
        /// <summary>The model; an output without a shape for <see langword="null"/>.</summary>
        public OnnxModelBuilder Model(object?[]? output)
        {
            var dims = Array.ConvertAll(Input, size => size is int number ? (long)number : size);
            var model = new OnnxModelBuilder().Input("x", ElementType.Float, dims);
            return output is null
                ? model.Graph(g => g.Output("y", OnnxType.Unranked(ElementType.Float))).Graph(g => Build(g))
                : model.Output("y", ElementType.Float, output).Graph(g => Build(g));
        }
    }
}
