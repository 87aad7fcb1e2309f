using TrtBindings.TestSupport;

namespace TrtBindings.Tests.ModelFiles;

public class TypeReadingTests
{
    private static readonly OnnxType Floats = OnnxType.Tensor(ElementType.Float, "n", 4);

    [Fact]
    public void A_tensor_has_its_element_type_and_shape()
    {
        var input = Input(Floats, "the document");
        (input.Kind, input.ElementType, input.TypeText)
            .ShouldBe((ValueKind.Tensor, ElementType.Float, "tensor(float)"));
        input.Documentation.ShouldBe("the document");
        input.ToString().ShouldBe("x: float [n, 4]");
        (input.ItemElementType, input.ItemShape).ShouldBe((ElementType.Undefined, SymbolicShape.Unranked));
    }

    [Fact]
    public void Other_kinds_are_written_in_the_notation_of_ONNX()
    {
        Text(OnnxType.Sequence(Floats), ValueKind.Sequence, "seq(tensor(float))");
        Text(OnnxType.Optional(Floats), ValueKind.Optional, "optional(tensor(float))");
        Text(OnnxType.SparseTensor(ElementType.Double, 3), ValueKind.SparseTensor, "sparse_tensor(double)");
        Text(OnnxType.Opaque("d", "N"), ValueKind.Opaque, "opaque(d,N)");
        Text(
            OnnxType.Sequence(OnnxType.Map(ElementType.Int64, Floats)),
            ValueKind.Sequence,
            "seq(map(int64,tensor(float)))");
        Text(OnnxType.Optional(OnnxType.Sequence(Floats)), ValueKind.Optional, "optional(seq(tensor(float)))");
    }

    [Fact]
    public void The_tensor_inside_a_nested_type_is_described_too()
    {
        var input = Input(OnnxType.Sequence(OnnxType.Map(ElementType.String, Floats)));
        (input.ElementType, input.Shape).ShouldBe((ElementType.Undefined, SymbolicShape.Unranked));
        input.ItemElementType.ShouldBe(ElementType.Float);
        input.ItemShape.ToString().ShouldBe("[n, 4]");
    }

    [Fact]
    public void A_value_without_a_type_is_undefined()
    {
        var input = Input(null);
        (input.Kind, input.TypeText).ShouldBe((ValueKind.Undefined, ""));
    }

    [Fact]
    public void Every_element_type_is_known_by_its_number()
    {
        foreach (var type in Enum.GetValues<ElementType>())
        {
            var input = Input(OnnxType.Tensor(type, 1));
            input.ElementType.ShouldBe(type);
            input.TypeText.ShouldBe($"tensor({type.ToString().ToLowerInvariant()})");
        }
    }

    [Fact]
    public void An_element_type_of_the_future_is_undefined_and_not_an_error()
    {
        Input(OnnxType.Tensor((ElementType)99, 1)).ElementType.ShouldBe(ElementType.Undefined);
        Input(OnnxType.Tensor((ElementType)(-1), 1)).ElementType.ShouldBe(ElementType.Undefined);
    }

    [Fact]
    public void Of_two_kinds_in_one_type_the_last_holds_alone()
    {
        var input = Describe.Graph(g => g.Message(11, v => v.Text(1, "x").Message(2, t => t
            .Message(1, tensor => tensor.Varint(1, 1).Message(2, s => s.Message(1, d => d.Varint(1, 4))))
            .Message(4, sequence => sequence.Message(1, item => item.Message(1, tensor => tensor.Varint(1, 7))))
        ))).Inputs[0];
        (input.TypeText, input.ElementType, input.Shape.IsRanked)
            .ShouldBe(("seq(tensor(int64))", ElementType.Undefined, false));
    }

    [Fact]
    public void A_type_given_in_two_parts_is_merged()
    {
        var input = Describe.Graph(g => g.Message(11, v => v.Text(1, "x")
            .Message(2, t => t.Message(1, tensor => tensor.Varint(1, 1)))
            .Message(2, t => t.Message(1, tensor => tensor.Message(2, s => s.Message(1, d => d.Varint(1, 4)))))
        )).Inputs[0];
        input.ToString().ShouldBe("x: float [4]");
    }

    private static void Text(OnnxType type, ValueKind kind, string text)
    {
        var input = Input(type);
        (input.Kind, input.TypeText).ShouldBe((kind, text));
    }

    private static TensorDescription Input(OnnxType? type, string? documentation = null) =>
        Describe.Model(new OnnxModelBuilder().Graph(g => g.Input("x", type, documentation))).Inputs[0];
}
